import { openDatabase } from '../../src/adapters/sqlite/open-database.ts';
import { sqliteTickets } from '../../src/adapters/sqlite/sqlite-tickets.ts';
import { someEntry, someTicket } from '../tickets/some-ticket.ts';

// Writes tickets until it is killed, and says the number of each one only once it has been acknowledged.
const [file = '', run = ''] = process.argv.slice(2);
const tickets = sqliteTickets(openDatabase(file));
for (let count = 0; ; count += 1) {
  const ticket = someTicket(`${run}/${count}`);
  await tickets.create(ticket, [someEntry(ticket)]);
  process.stdout.write(`${ticket.number}\n`);
}
