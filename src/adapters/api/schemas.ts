import { z } from 'zod';
import type { Content } from '../../content/content.ts';
import { LONGEST_FIELD } from '../../conversation/read-field.ts';
import { requestJsonSchema } from '../../exports/request-json.ts';
import { recipientSchema, statuses } from '../../tickets/ticket.ts';

// Half a surrogate pair is no text, and would come back from the store as another one.
const isText = (text: string) => text.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(text);
const text = (longest: number) => z.string().max(longest).refine(isText, 'holds characters that are no text');

/** The body of a request to be filed. Which fields a type takes is said by `fileRequest`, in the same words. */
export function newRequestSchema(content: Content) {
  const slots = Object.keys(content.slots).map((slot) => [slot, text(LONGEST_FIELD).optional()] as const);
  return z.strictObject({
    type: z.enum([...content.requests.keys()]).describe('What the person asks for'),
    slots: z
      .strictObject(Object.fromEntries(slots))
      .describe('What the person has told, by field. Never a personal identity number: one is masked'),
    receivedAt: z.iso
      .datetime({ offset: true })
      .optional()
      .describe(
        'When the person asked, within the last year; now where it is left out. Deadlines count from it',
      ),
    filedBy: z
      .strictObject({
        role: z.string().regex(/^[a-z_]{1,40}$/),
        reference: text(200).min(1),
      })
      .optional()
      .describe('Who filed it for the person, such as a recruiter and their id'),
    locale: z.enum(['sv', 'en']).default('sv').describe('The language that the person is written to in'),
  });
}

export type NewRequest = z.output<ReturnType<typeof newRequestSchema>>;

/** The body of a transition. */
export const transitionSchema = z.strictObject({
  to: z.enum(statuses).exclude(['draft']),
  reason: text(LONGEST_FIELD)
    .optional()
    .describe('Needed for extended, refused and referred; the person is told'),
});

/** A request in a list: nothing about the person, which only a look at the request itself gives. */
export const summarySchema = requestJsonSchema.pick({
  id: true,
  number: true,
  type: true,
  status: true,
  recipient: true,
  receivedAt: true,
  due: true,
  identity: true,
  assignee: true,
});

export const listSchema = z.strictObject({
  requests: z.array(summarySchema).describe('By the day they are due; those without a day come last'),
  next: z.string().nullable().describe('The cursor of the next page; null on the last'),
  unreadable: z
    .number()
    .int()
    .min(0)
    .describe('How many more belong on this page and cannot be read, because what is stored is damaged'),
});

const single = <Schema extends z.ZodType<unknown, string>>(schema: Schema) =>
  z
    .tuple([z.string()])
    .transform(([value]) => value)
    .pipe(schema)
    .optional();
const separated = z.string().transform((value) => value.split(','));
const whole = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);

/** The most that one page holds. */
export const LARGEST_PAGE = 100;

/** What stands behind the question mark of a list. No filter takes anything of a person: addresses end up in logs. */
export const listQuerySchema = z.strictObject({
  status: single(separated.pipe(z.array(z.enum(statuses)))),
  type: single(z.string().regex(/^[a-z_]{1,40}$/)),
  team: single(z.string().pipe(recipientSchema.shape.team)),
  assignee: single(z.string().max(300)),
  dueBy: single(z.iso.date()),
  limit: single(whole.pipe(z.number().min(1).max(LARGEST_PAGE))),
  cursor: single(z.string().max(1000)),
});
