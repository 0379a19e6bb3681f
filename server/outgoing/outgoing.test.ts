import type { lookup } from 'node:dns';
import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';
import { buildOutgoing } from './outgoing.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

/** Returns the port of a server on this machine. */
async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Every name has these addresses. */
function toLookUp(...addresses: readonly string[]): typeof lookup {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const fake = (_name: string, _options: object, done: (error: null, found: object[]) => void) => done(null, found);
  return fake as unknown as typeof lookup;
}

const request = { method: 'GET', timeoutMs: 15_000, mostBytes: 100 } as const;
const here = [{ host: '127.0.0.1', port: null }];
const clock = buildMovingClock();

describe('what may be asked', () => {
  test.each([
    ['http://crm.example/', 'not_https'],
    ['https://10.0.0.1/', 'private_address'],
    ['https://[::1]/', 'private_address'],
    ['https://2130706433/', 'private_address'],
    ['https://127.0.0.1./', 'private_address'],
    ['https://0x7f.1/', 'private_address'],
    ['https://localhost/', 'private_address'],
    ['https://LOCALHOST./', 'private_address'],
    ['https://localhost%2e/', 'private_address'],
    ['https://localhost../', 'private_address'],
    ['https://crm.localhost./', 'private_address'],
    ['https://printer.local/', 'private_address'],
    ['https://metadata.google.internal./', 'private_address'],
    ['https://nas.home.arpa/', 'private_address'],
    ['https://intranet/', 'private_address'],
    ['https://me:secret@crm.example/', 'address_invalid'],
    ['ftp://crm.example/', 'address_invalid'],
    ['crm.example', 'address_invalid'],
  ])('%s is refused as %s', async (address, fault) => {
    const outgoing = buildOutgoing({ allowedHosts: [], clock, lookUp: toLookUp('1.1.1.1') });
    expect(await outgoing.findFault(address)).toBe(fault);
    expect(await outgoing.fetch(address, request)).toEqual({ outcome: 'failed', fault });
  });

  test('a name that leads to a private address is refused, also when only one of its addresses does', async () => {
    const outgoing = buildOutgoing({ allowedHosts: [], clock, lookUp: toLookUp('1.1.1.1', '192.168.0.4') });
    expect(await outgoing.findFault('https://crm.example/')).toBe('private_address');
    expect(await outgoing.fetch('https://crm.example/', request)).toMatchObject({ fault: 'private_address' });
    const open = buildOutgoing({ allowedHosts: [], clock, lookUp: toLookUp('1.1.1.1') });
    expect(await open.findFault('https://crm.example/')).toBeUndefined();
  });

  test('the operator can allow a host, and no other port of it where a port is named', async () => {
    const port = await serve((_asked, answer) => answer.end('here'));
    const outgoing = buildOutgoing({ allowedHosts: [{ host: '127.0.0.1', port }], clock });
    const { body, ...answer } = { body: undefined, ...(await outgoing.fetch(`http://127.0.0.1:${port}/`, request)) };
    expect([answer, String(body)]).toEqual([{ outcome: 'answered', status: 200, contentType: null }, 'here']);
    expect(await outgoing.findFault(`http://127.0.0.1:${port + 1}/`)).toBe('not_https');
  });
});

describe('an answer', () => {
  const outgoing = buildOutgoing({ allowedHosts: here, clock });

  test('is the one of that address: redirects are not followed', async () => {
    const port = await serve((_asked, answer) => answer.writeHead(302, { location: 'https://10.0.0.1/' }).end());
    expect(await outgoing.fetch(`http://127.0.0.1:${port}/`, request)).toMatchObject({ status: 302 });
  });

  test('larger than allowed is not kept, and is no fault where the body is not wanted', async () => {
    const port = await serve((_asked, answer) => answer.end('x'.repeat(101)));
    const address = `http://127.0.0.1:${port}/`;
    expect(await outgoing.fetch(address, request)).toEqual({ outcome: 'failed', fault: 'too_large' });
    const { mostBytes: _, ...unread } = request;
    expect(await outgoing.fetch(address, unread)).toMatchObject({ outcome: 'answered', status: 200 });
  });

  test('that is compressed or cut off is unreadable', async () => {
    const packed = await serve((_asked, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end('x'));
    expect(await outgoing.fetch(`http://127.0.0.1:${packed}/`, request)).toMatchObject({ fault: 'unreadable' });
    const cut = await serve((_asked, answer) => {
      answer.writeHead(200, { 'content-length': '50' }).write('half');
      answer.destroy();
    });
    expect(await outgoing.fetch(`http://127.0.0.1:${cut}/`, request)).toMatchObject({ outcome: 'failed' });
  });

  test('sends the body and headers', async () => {
    const seen: unknown[] = [];
    const port = await serve(async (asked, answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of asked) chunks.push(chunk);
      seen.push(asked.method, asked.headers['webhook-id'], Buffer.concat(chunks).toString());
      answer.writeHead(204).end();
    });
    const sent = { ...request, method: 'POST', headers: { 'webhook-id': 'm1' }, body: '{"ä":1}' } as const;
    expect(await outgoing.fetch(`http://127.0.0.1:${port}/`, sent)).toMatchObject({ status: 204 });
    expect(seen).toEqual(['POST', 'm1', '{"ä":1}']);
  });

  test('that never comes ends with the time allowed', async () => {
    const arrived = new EventEmitter();
    const port = await serve(() => arrived.emit('request'));
    const asking = once(arrived, 'request');
    const asked = outgoing.fetch(`http://127.0.0.1:${port}/`, request);
    await asking;
    clock.advanceSeconds(15);
    expect(await asked).toEqual({ outcome: 'failed', fault: 'timeout' });
  });

  test('from nobody says that nobody was reached', async () => {
    const port = await serve(() => undefined);
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    expect(await outgoing.fetch(`http://127.0.0.1:${port}/`, request)).toMatchObject({ fault: 'unreachable' });
  });
});
