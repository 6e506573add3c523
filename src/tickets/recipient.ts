import type { Recipient } from './ticket.ts';

// EU member states, Iceland, Liechtenstein, Norway; and Switzerland, which the notice's contact section joins to them.
const bracknell = new Set(
  'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE IS LI NO CH'.split(' '),
);

/**
 * Who answers a request. The contact section of the notice sends residents of the EEA and Switzerland to Allegis
 * Group Limited and all others to Allegis Group, Inc.; MarketSource's end customers go to the MarketSource client,
 * who is their controller (section marketsource). Where the country is not told the EEA is taken: this is the
 * Swedish notice.
 */
export function recipientOf(
  team: Recipient['team'],
  country: string | null,
  relation: string | null,
): Recipient {
  if (relation === 'marketsource_customer') return { team, entity: 'marketsource_client' };
  return { team, entity: country === null || bracknell.has(country) ? 'limited' : 'inc' };
}
