import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** A webhook was to go to an address that it must not go to. */
export class AddressRefused extends Error {
  constructor() {
    super('the target is at an address that is not public');
    this.name = 'AddressRefused';
  }
}

// What is reserved, private, this machine, this network or a group (IANA's registers of special addresses).
const notPublic = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  notPublic.addSubnet(network, bits, 'ipv4');
// Of IPv6 only what is given out (2000::/3) is public, and of that not what wraps or tunnels another address.
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');
for (const [network, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const)
  notPublic.addSubnet(network, bits, 'ipv6');

/** Whether an IP address is one of the public internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !notPublic.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
}

/**
 * Resolves a name for a connection, and gives its addresses only where all of them are public: what is checked is what
 * is connected to, so a name that changes in between gains nothing.
 */
export const lookupPublic: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    const addresses: LookupAddress[] = error ? [] : found;
    const first = addresses[0];
    if (error) return done(error, '', 0);
    if (!first || !addresses.every(({ address }) => isPublic(address)))
      return done(new AddressRefused(), '', 0);
    if (options.all) return done(null, addresses);
    done(null, first.address, first.family);
  });
};
