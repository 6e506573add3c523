import { z } from 'zod';
import { type ApiKey, apiKeySchema } from './adapters/api/api-key.ts';
import { isPrivate, type Target, targetSchema } from './adapters/webhook/target.ts';
import { drpOptionsSchema } from './exports/data-rights-protocol.ts';
import type { ExportOptions } from './exports/export-ticket.ts';
import { fidesOptionsSchema } from './exports/fides.ts';
import { openDsrOptionsSchema } from './exports/open-dsr.ts';

const set = z.string().trim().min(1);
const list = set.transform((text) => text.split(',').flatMap((each) => (each.trim() ? [each.trim()] : [])));
const pairs = list.pipe(
  z
    .array(z.string().regex(/^[a-z_]+=\S+$/, 'must be type=policy, with commas between them'))
    .transform((all) => Object.fromEntries(all.map((each) => each.split(/=(.*)/s).slice(0, 2)))),
);

/** What the environment says of programs and other systems, by the names it says it under. */
export const handOverVariables = {
  API_KEYS: list.pipe(z.array(apiKeySchema)).optional(),
  WEBHOOK_URLS: list.optional(),
  WEBHOOK_SECRET: set.optional(),
  WEBHOOK_PRIVATE_ADDRESSES: z.stringbool().default(false),
  FIDES_URL: set.optional(),
  FIDES_TOKEN: set.optional(),
  FIDES_POLICIES: pairs.optional(),
  OPENDSR: z.stringbool().default(false),
  OPENDSR_CALLBACK_URLS: list.optional(),
  OPENDSR_EXTENSION: set.optional(),
  DRP_AGENT_ID: set.optional(),
  DRP_BUSINESS_ID: set.optional(),
  DRP_KEY: set.optional(),
  DRP_RELATIONSHIPS: list.optional(),
  DRP_CALLBACK_URL: set.optional(),
};

const variablesSchema = z.object(handOverVariables);

/** Whom requests are handed over to, and who may use the API. */
export interface HandOver {
  keys: readonly ApiKey[];
  targets: readonly Target[];
  allowPrivate: boolean;
  exports: ExportOptions;
}

/** What does not fit: a variable of the environment, and why; never its value. */
export interface HandOverFault {
  variable: string;
  why: string;
}

/** What the variables mean together, and what is wrong with them. */
export function handOverOf(values: z.output<typeof variablesSchema>): {
  handOver: HandOver;
  faults: HandOverFault[];
} {
  const faults: HandOverFault[] = [];
  const read = <Schema extends z.ZodType>(
    schema: Schema,
    given: unknown,
    names: Readonly<Record<string, string>>,
    otherwise: string,
  ): z.output<Schema> | null => {
    const parsed = schema.safeParse(given);
    if (parsed.success) return parsed.data;
    for (const { path, message } of parsed.error.issues)
      faults.push({ variable: names[String(path[0])] ?? otherwise, why: message });
    return null;
  };
  const targets = [
    ...(values.WEBHOOK_URLS ?? []).map((url) => ({
      from: { url: 'WEBHOOK_URLS', secret: 'WEBHOOK_SECRET' },
      target: { url, format: 'json', secret: values.WEBHOOK_SECRET ?? '', token: null },
    })),
    ...(values.FIDES_URL === undefined
      ? []
      : [
          {
            from: { url: 'FIDES_URL', secret: 'WEBHOOK_SECRET' },
            target: {
              url: values.FIDES_URL,
              format: 'fides',
              secret: values.WEBHOOK_SECRET ?? '',
              token: values.FIDES_TOKEN ?? null,
            },
          },
        ]),
  ].flatMap(({ from, target }) => {
    const taken = read(targetSchema, target, from, from.url);
    if (taken && isPrivate(taken.url) && !values.WEBHOOK_PRIVATE_ADDRESSES)
      faults.push({
        variable: from.url,
        why: 'is a private address: WEBHOOK_PRIVATE_ADDRESSES must allow it',
      });
    return taken ?? [];
  });
  if (values.FIDES_URL !== undefined && !values.FIDES_POLICIES)
    faults.push({ variable: 'FIDES_POLICIES', why: 'is needed with FIDES_URL' });
  const usesDrp = values.DRP_AGENT_ID ?? values.DRP_BUSINESS_ID ?? values.DRP_KEY;
  return {
    handOver: {
      keys: values.API_KEYS ?? [],
      targets,
      allowPrivate: values.WEBHOOK_PRIVATE_ADDRESSES,
      exports: {
        fides: values.FIDES_POLICIES
          ? read(fidesOptionsSchema, { policies: values.FIDES_POLICIES }, {}, 'FIDES_POLICIES')
          : null,
        opendsr: values.OPENDSR
          ? read(
              openDsrOptionsSchema,
              { callbacks: values.OPENDSR_CALLBACK_URLS ?? [], extension: values.OPENDSR_EXTENSION ?? null },
              { callbacks: 'OPENDSR_CALLBACK_URLS' },
              'OPENDSR_EXTENSION',
            )
          : null,
        drp:
          usesDrp === undefined
            ? null
            : read(
                drpOptionsSchema,
                {
                  agentId: values.DRP_AGENT_ID ?? '',
                  businessId: values.DRP_BUSINESS_ID ?? '',
                  key: values.DRP_KEY ?? '',
                  relationships: values.DRP_RELATIONSHIPS ?? [],
                  callback: values.DRP_CALLBACK_URL ?? null,
                },
                { agentId: 'DRP_AGENT_ID', businessId: 'DRP_BUSINESS_ID', callback: 'DRP_CALLBACK_URL' },
                'DRP_KEY',
              ),
      },
    },
    faults,
  };
}
