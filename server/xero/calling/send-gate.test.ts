import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { buildHeldTransport } from './send-gate.ts';

const running: net.Server[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listen<S extends net.Server>(server: S): Promise<{ server: S; port: number }> {
  running.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : 0 };
}

type Told = { keptBack: number; asked: number };

/** Sends the way axios does: the body in pieces, then the end. Returns the status, or the error. */
function send(options: object, mayLeave: () => boolean): { told: Told; ended: Promise<number | string> } {
  const told = { keptBack: 0, asked: 0 };
  const ended = new Promise<number | string>((resolve) => {
    const transport = buildHeldTransport({
      mayLeave: () => {
        told.asked += 1;
        return mayLeave();
      },
      onKeptBack: () => {
        told.keptBack += 1;
      },
    });
    const how = { method: 'PUT', host: '127.0.0.1', path: '/x', agent: false, ...options };
    const request = transport.request(how, (answer) => resolve(answer.resume().statusCode ?? 0));
    request.on('error', (error) => resolve(error.message));
    request.setHeader('content-length', 10);
    request.write('12345');
    request.write('67890');
    request.end();
  });
  return { told, ended };
}

describe('the bytes of a write', () => {
  test('sends all bytes and asks once when they may leave', async () => {
    const bodies: string[] = [];
    const { port } = await listen(
      http.createServer(async (request, response) => {
        for await (const chunk of request) bodies.push(String(chunk));
        response.writeHead(201).end();
      }),
    );
    const { told, ended } = send({ protocol: 'http:', port }, () => true);
    expect([await ended, bodies.join(''), told]).toEqual([201, '1234567890', { keptBack: 0, asked: 1 }]);
  });

  test('sends no byte when they may not leave', async () => {
    const seen: string[] = [];
    const { server, port } = await listen(net.createServer());
    const closed = new Promise<void>((resolve) => {
      server.on('connection', (socket) => {
        seen.push('connection');
        socket.on('data', (bytes) => seen.push(String(bytes)));
        socket.on('close', () => resolve());
      });
    });
    const { told, ended } = send({ protocol: 'http:', port }, () => false);
    expect([await ended, told]).toEqual(['kept back', { keptBack: 1, asked: 1 }]);
    await closed;
    expect(seen).toEqual(['connection']);
  });

  test('asks only once it is connected, and again over the same connection', async () => {
    const { port } = await listen(
      http.createServer((request, response) => request.resume().on('end', () => response.end())),
    );
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const sockets: (net.Socket | null)[] = [];
    const sendOver = () =>
      new Promise((resolve, reject) => {
        const mayLeave = () => {
          sockets.push(request.socket);
          return request.socket?.connecting === false;
        };
        const transport = buildHeldTransport({ mayLeave, onKeptBack: () => reject(new Error('kept back')) });
        const how = { protocol: 'http:', method: 'PUT', host: '127.0.0.1', port, path: '/x', agent };
        const request = transport.request(how, (answer) => answer.resume().on('end', () => resolve(answer.statusCode)));
        request.on('error', reject);
        request.end();
      });
    expect([await sendOver(), await sendOver()]).toEqual([200, 200]);
    expect([sockets.length, new Set(sockets).size]).toEqual([2, 1]);
    agent.destroy();
  });

  test('asks nothing when the request was given up before it was connected', async () => {
    const { port } = await listen(http.createServer());
    let asked = 0;
    const mayLeave = () => {
      asked += 1;
      return true;
    };
    const transport = buildHeldTransport({ mayLeave, onKeptBack: () => undefined });
    const request = transport.request({ protocol: 'http:', host: '127.0.0.1', port, agent: false }, () => undefined);
    const closed = new Promise((resolve) => request.once('close', resolve));
    request.on('error', () => undefined);
    request.end();
    request.once('socket', (socket) => {
      // Ours listens for the same event, and comes first.
      socket.prependOnceListener('connect', () => request.destroy());
    });
    await closed;
    expect(asked).toBe(0);
  });

  test('asks only after a slow TLS handshake', async () => {
    const psk = { psk: Buffer.alloc(16, 7), identity: 'test' };
    const ciphers = 'PSK-AES128-GCM-SHA256';
    const secured = await listen(tls.createServer({ ciphers, pskCallback: () => psk.psk, maxVersion: 'TLSv1.2' }));
    let isSecured = false;
    secured.server.on('secureConnection', (socket: tls.TLSSocket) => {
      isSecured = true;
      socket.once('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
    });
    const options = { protocol: 'https:', port: secured.port, ciphers, maxVersion: 'TLSv1.2' };
    const trust = { pskCallback: () => psk, checkServerIdentity: () => undefined };
    const { told, ended } = send({ ...options, ...trust }, () => isSecured);
    expect([await ended, told]).toEqual([204, { keptBack: 0, asked: 1 }]);
  });
});
