import { z } from 'zod';

const id = z.string().min(1).max(2000);

/**
 * What must be true of an activity before the SDK sees it: a message without its conversation makes the SDK fail
 * half-way, and what fails there answers 500. Everything not named passes through untouched.
 */
export const activitySchema = z
  .looseObject({
    type: z.string().min(1).max(100),
    id: id.optional(),
    channelId: id,
    serviceUrl: z.url(),
    conversation: z.looseObject({ id }),
    from: z.looseObject({ id, aadObjectId: z.string().max(100).optional() }),
    recipient: z.looseObject({ id }).optional(),
    text: z.string().max(100_000).optional(),
    locale: z.string().max(50).optional(),
    membersAdded: z.array(z.looseObject({ id })).optional(),
    membersRemoved: z.array(z.looseObject({ id })).optional(),
    name: z.string().max(200).optional(),
    entities: z.array(z.looseObject({})).optional(),
    attachments: z.array(z.looseObject({ contentType: z.string() })).optional(),
    value: z.unknown().optional(),
    deliveryMode: z.string().max(50).optional(),
  })
  .refine(({ channelId, recipient }) => channelId !== 'msteams' || recipient !== undefined, {
    path: ['recipient'],
    message: 'is needed in Teams',
  });

/** Whether an address is on this machine. Without an app id nothing else may be called: the caller names the address. */
export function isLoopback(address: string): boolean {
  const { hostname, protocol } = new URL(address);
  const isLocal = hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
  return isLocal && (protocol === 'http:' || protocol === 'https:');
}
