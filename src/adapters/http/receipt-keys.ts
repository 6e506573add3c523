import type { Request, Response } from 'restify';
import type { ReceiptSigner } from '../../tickets/signed-receipt.ts';
import type { Routes } from './service.ts';

/** The route at which anybody finds the key that signed receipts are checked by. */
export function receiptKeyRoutes(receipts: ReceiptSigner): Routes {
  return (server, throttle) =>
    server.get('/.well-known/receipt-keys.json', throttle, async (_request: Request, response: Response) => {
      response.sendRaw(200, JSON.stringify({ keys: [await receipts.publicKey()] }), {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=3600',
        'access-control-allow-origin': '*',
        'x-content-type-options': 'nosniff',
      });
    });
}
