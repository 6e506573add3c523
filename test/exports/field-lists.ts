import { z } from 'zod';

// What each format takes, field by field, written from the formats and not from our exporters.

const phone = z.string().regex(/^\+[1-9]\d{1,14}$/);
const labelled = z.strictObject({ label: z.string().min(1), value: z.string() });

/** `POST /api/v1/privacy-request` of Fides: a list, at most fifty at a time. */
export const fidesList = z
  .array(
    z.strictObject({
      external_id: z.string().min(1),
      requested_at: z.iso.datetime(),
      policy_key: z.string().min(1),
      identity: z
        .object({ email: z.email().optional(), phone_number: phone.optional() })
        .catchall(labelled)
        .refine(({ email, phone_number }) => email !== undefined || phone_number !== undefined),
      custom_privacy_request_fields: z.record(z.string(), labelled),
      property_id: z.null(),
      location: z
        .string()
        .regex(/^[A-Z]{2}$/)
        .optional(),
    }),
  )
  .min(1)
  .max(50);

/** A request of OpenDSR 2.0. */
export const openDsr = z.strictObject({
  regulation: z.enum(['gdpr', 'ccpa']),
  subject_request_id: z.uuidv4().regex(/^[^A-Z]+$/),
  subject_request_type: z.enum(['access', 'portability', 'erasure']),
  submitted_time: z.iso.datetime(),
  subject_identities: z
    .array(
      z.strictObject({
        identity_type: z.enum(['controller_customer_id', 'email']),
        identity_value: z.string().min(1),
        identity_format: z.enum(['raw', 'sha1', 'md5', 'sha256']),
      }),
    )
    .min(1),
  api_version: z.literal('2.0'),
  status_callback_urls: z.array(z.url()).optional(),
  extensions: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/** The signed message of the Data Rights Protocol 1.0. */
export const drp = z.strictObject({
  'agent-id': z.string().min(1),
  'business-id': z.string().min(1),
  'issued-at': z.iso.datetime(),
  'expires-at': z.iso.datetime(),
  'agent-request-id': z.string().optional(),
  'drp.version': z.literal('1.0'),
  exercise: z.enum([
    'sale:opt_out',
    'sale:opt_in',
    'deletion',
    'access',
    'access:categories',
    'access:specific',
  ]),
  regime: z.literal('ccpa').optional(),
  relationships: z.array(z.string()).optional(),
  status_callback: z.url().optional(),
  name: z.string().optional(),
  email: z.email().optional(),
  email_verified: z.boolean().optional(),
  phone_number: phone.optional(),
  phone_number_verified: z.boolean().optional(),
});
