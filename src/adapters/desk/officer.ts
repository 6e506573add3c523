import { z } from 'zod';
import type { Actor } from '../../tickets/audit.ts';

/** What officers may do, each role all that the one before it may: look, change, see the audit log and export. */
export const roles = ['reader', 'officer', 'administrator'] as const;

export type Role = (typeof roles)[number];

export const officerSchema = z.object({
  /** What the sign-in service calls the account for ever. */
  id: z.string().min(1).max(300),
  /** What colleagues call the person. */
  name: z.string().max(200),
  role: z.enum(roles),
});

/** Somebody who has signed in to the desk. */
export type Officer = z.infer<typeof officerSchema>;

/** The id of whoever came by the link on the console. */
export const CONSOLE = 'console';

/** Whether an officer may do what needs a role. */
export function may(officer: Officer, needed: Role): boolean {
  return roles.indexOf(officer.role) >= roles.indexOf(needed);
}

/** The highest role among the values of a claim, or null where it names none. */
export function roleIn(claim: unknown): Role | null {
  const values = Array.isArray(claim) ? claim : [claim];
  return roles.findLast((role) => values.includes(role)) ?? null;
}

/** An officer as the audit log knows them. */
export function actorOf({ id, role }: Officer): Actor {
  return { id, role };
}
