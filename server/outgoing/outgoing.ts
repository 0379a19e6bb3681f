import { lookup } from 'node:dns';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { type AllowedHost, isAllowedHost } from '#server/allowed-hosts.ts';
import type { Clock } from '#server/clock.ts';
import { isPublicAddress, isPublicName } from './public-address.ts';

export type OutgoingRequest = {
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** From the first step to the last byte. */
  timeoutMs: number;
  /** The largest body. Without it the body is not read. */
  mostBytes?: number;
};

/**
 * Why there was no answer. `address_invalid`: no web address, or one with a password. `not_https` and `private_address`:
 * the operator has not allowed it. `unreadable`: the body is compressed or was cut off.
 */
export type OutgoingFault =
  | 'address_invalid'
  | 'not_https'
  | 'private_address'
  | 'unreachable'
  | 'timeout'
  | 'too_large'
  | 'unreadable';

export type OutgoingAnswer =
  | { outcome: 'answered'; status: number; contentType: string | null; body: Buffer }
  | { outcome: 'failed'; fault: OutgoingFault; cause?: unknown };

/** Asks addresses that a workspace named. */
export type Outgoing = {
  /**
   * Only https and public addresses, unless the operator allows the host: the name is looked up first, and the
   * connection goes to the very address that was checked. Redirects are not followed. Never rejects.
   */
  fetch(address: string, request: OutgoingRequest): Promise<OutgoingAnswer>;
  /** What would keep `fetch` from asking. A name that cannot be looked up now is no fault. */
  findFault(address: string): Promise<OutgoingFault | undefined>;
};

type Parts = { allowedHosts: readonly AllowedHost[]; clock: Pick<Clock, 'sleep'>; lookUp?: typeof lookup };

export function buildOutgoing({ allowedHosts, clock, lookUp = lookup }: Parts): Outgoing {
  const toLookup = (url: URL) => (isAllowedHost(url, allowedHosts) ? undefined : checkedLookup(lookUp));
  return {
    fetch: async (address, request) => {
      const fault = findFaultOf(address, allowedHosts);
      if (fault) return { outcome: 'failed', fault };
      const url = new URL(address);
      const ending = new AbortController();
      const sent = send(url, request, { signal: ending.signal, lookUp: toLookup(url) });
      const late: OutgoingAnswer = { outcome: 'failed', fault: 'timeout' };
      const toLate = () => late;
      try {
        return await Promise.race([sent, clock.sleep(request.timeoutMs, ending.signal).then(toLate, toLate)]);
      } finally {
        ending.abort();
      }
    },
    findFault: async (address) => {
      const fault = findFaultOf(address, allowedHosts);
      if (fault) return fault;
      const { hostname } = new URL(address);
      const look = toLookup(new URL(address));
      if (!look || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return undefined;
      return new Promise((resolve) => {
        look(hostname, {}, (error) => resolve(error instanceof PrivateAddressError ? 'private_address' : undefined));
      });
    },
  };
}

/** What can be said of an address before its name is looked up. */
function findFaultOf(address: string, allowedHosts: readonly AllowedHost[]): OutgoingFault | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') return 'address_invalid';
  if (isAllowedHost(url, allowedHosts)) return undefined;
  if (url.protocol !== 'https:') return 'not_https';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isPublic = isIP(host) === 0 ? isPublicName(host) : isPublicAddress(host);
  return isPublic ? undefined : 'private_address';
}

class PrivateAddressError extends Error {}

/** Fails when any of a name's addresses is not public. */
function checkedLookup(lookUp: typeof lookup): LookupFunction {
  return (hostname, options, done) => {
    lookUp(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      const [first] = found;
      if (!first || found.some(({ address }) => !isPublicAddress(address))) {
        return done(new PrivateAddressError(), '', 0);
      }
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}

type How = { signal: AbortSignal; lookUp: LookupFunction | undefined };

function send(url: URL, { method, headers, body, mostBytes }: OutgoingRequest, how: How): Promise<OutgoingAnswer> {
  return new Promise((resolve) => {
    const options: RequestOptions = {
      method,
      // Compressed bytes would have to be unpacked within the same limit.
      headers: {
        'accept-encoding': 'identity',
        'user-agent': 'Ledgerside',
        ...headers,
        ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      },
      // A connection of its own, which goes to the address that was just checked.
      agent: false,
      signal: how.signal,
      ...(how.lookUp && { lookup: how.lookUp }),
    };
    const asked = url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options);
    asked.on('error', (cause) => {
      const isPrivate = cause instanceof PrivateAddressError;
      resolve({ outcome: 'failed', fault: isPrivate ? 'private_address' : 'unreachable', cause });
    });
    asked.on('response', (answer) => {
      readAnswer(answer, mostBytes).then(resolve);
    });
    asked.end(body);
  });
}

async function readAnswer(answer: IncomingMessage, mostBytes: number | undefined): Promise<OutgoingAnswer> {
  const { statusCode: status = 0, headers } = answer;
  const contentType = headers['content-type'] ?? null;
  if (mostBytes === undefined) {
    answer.destroy();
    return { outcome: 'answered', status, contentType, body: Buffer.alloc(0) };
  }
  if (![undefined, 'identity'].includes(headers['content-encoding'])) {
    answer.destroy();
    return { outcome: 'failed', fault: 'unreadable' };
  }
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of answer) {
      bytes += chunk.length;
      // Leaving the loop closes the connection.
      if (bytes > mostBytes) return { outcome: 'failed', fault: 'too_large' };
      chunks.push(chunk);
    }
    return { outcome: 'answered', status, contentType, body: Buffer.concat(chunks) };
  } catch (cause) {
    return { outcome: 'failed', fault: 'unreadable', cause };
  }
}
