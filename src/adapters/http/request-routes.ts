import { findTicketRoutes } from './find-ticket.ts';
import { chatOnlyRoutes, formElsewhereRoutes } from './form-elsewhere.ts';
import { ownTicketRoutes } from './own-ticket.ts';
import { receiptKeyRoutes } from './receipt-keys.ts';
import { requestFormRoutes } from './request-form.ts';
import type { RequestParts } from './request-parts.ts';
import type { Routes } from './service.ts';

/** All routes of a person's own pages: the request form, a ticket's page, finding it again, and the receipts' key. */
export function requestRoutes(parts: RequestParts): Routes {
  const rooms = [
    formRoutes(parts),
    findTicketRoutes(parts),
    ownTicketRoutes(parts),
    receiptKeyRoutes(parts.receipts),
  ];
  return (server, throttle) => {
    for (const add of rooms) add(server, throttle);
  };
}

function formRoutes(parts: RequestParts): Routes {
  if (parts.form === 'own') return requestFormRoutes(parts);
  return parts.form === 'chat' ? chatOnlyRoutes(parts) : formElsewhereRoutes(parts.form.template, parts);
}
