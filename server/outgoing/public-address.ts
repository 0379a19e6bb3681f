import { BlockList, isIP } from 'node:net';

/** IPv4 ranges that are not public (source: IANA's special-purpose address registry). */
const closedV4 = [
  ...(['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'] as const),
  ...(['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'] as const),
  ...(['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'] as const),
];

/** Public IPv6 addresses are in this range. */
const openV6 = ['2000::/3'];

/** Within it: protocol assignments with Teredo, documentation, and 6to4, which may lead to a private IPv4 address. */
const closedV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const closed = toList([...closedV4, ...closedV6]);
const open = toList(openV6);

/** Whether an address of the internet, never one of this machine or its own network. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 4) return !closed.check(address, 'ipv4');
  return version === 6 && open.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** Names of networks and machines of one's own (RFC 6761, RFC 6762, RFC 8375 and ICANN's `internal`). */
const ownNames = /(^|\.)(localhost|local|internal|home\.arpa)$/;

/**
 * Whether a name can be one of the internet's, before it is looked up. A name of one part is completed by the network's
 * own search list. Dots at the end change nothing.
 */
export function isPublicName(name: string): boolean {
  const plain = name.toLowerCase().replace(/\.+$/, '');
  return plain.includes('.') && !ownNames.test(plain);
}

function toList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [network = '', bits] = range.split('/');
    list.addSubnet(network, Number(bits), isIP(network) === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}
