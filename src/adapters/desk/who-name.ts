import type { Ticket } from '../../tickets/ticket.ts';
import { type DeskScene, officerName } from './desk-page.ts';

/** Who has done something with a ticket, by the name that stands in its history: an officer, a program, a recruiter. */
export function whoName(by: string, scene: DeskScene): string {
  if (by === 'recruiter') return scene.say('desk.by_recruiter');
  const program = /^api:(.+)$/.exec(by)?.[1];
  return program ? scene.say('desk.by_program', { program }) : officerName(by, scene);
}

/** Who has filed a ticket for the person. */
export function filerName({ role, reference }: NonNullable<Ticket['filedBy']>, scene: DeskScene): string {
  if (role === 'officer') return officerName(reference, scene);
  if (role === 'recruiter') return scene.say('desk.by_recruiter_account', { account: reference });
  return `${role}, ${reference}`;
}
