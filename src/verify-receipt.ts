import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ReceiptError, verifyReceipt } from './tickets/signed-receipt.ts';

// Checks a signed receipt: `npm run receipt:verify -- receipt.jws --keys receipt-keys.json`. The keys are what the
// service publishes at /.well-known/receipt-keys.json: a file, or the https address itself.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { keys: { type: 'string' } },
});
const [receipt] = positionals;
if (!receipt || !values.keys) {
  console.error('usage: npm run receipt:verify -- RECEIPT --keys FILE|ADDRESS');
  process.exitCode = 2;
} else {
  try {
    console.log(
      JSON.stringify(await verifyReceipt(readFileSync(receipt, 'utf8'), await keysAt(values.keys)), null, 2),
    );
  } catch (error) {
    console.error(error instanceof ReceiptError ? error.message : 'the receipt or the keys cannot be read');
    process.exitCode = 1;
  }
}

async function keysAt(place: string): Promise<unknown> {
  if (!/^https?:/.test(place)) return JSON.parse(readFileSync(place, 'utf8'));
  const answer = await fetch(place, { redirect: 'error', signal: AbortSignal.timeout(10_000) });
  return answer.json();
}
