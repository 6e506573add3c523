import type { RequestHandler, Server } from 'restify';
import { answering } from './answering.ts';
import { auditRoutes } from './audit-page.ts';
import { correctRoutes } from './correct-routes.ts';
import type { DeskParts } from './desk-parts.ts';
import { figuresRoutes } from './figures-page.ts';
import { newRoutes } from './new-routes.ts';
import { queueRoutes } from './queue-routes.ts';
import { signInRoutes } from './sign-in-routes.ts';
import { deskTicketRoutes } from './ticket-routes.ts';

/** The routes of the officer's desk, all below `/desk`. */
export function deskRoutes(parts: DeskParts): (server: Server, throttle: RequestHandler) => void {
  const answers = answering(parts);
  const rooms = [
    signInRoutes,
    queueRoutes,
    deskTicketRoutes,
    correctRoutes,
    newRoutes,
    figuresRoutes,
    auditRoutes,
  ];
  const adders = rooms.map((room) => room(parts, answers));
  return (server, throttle) => {
    for (const add of adders) add(server, throttle);
  };
}
