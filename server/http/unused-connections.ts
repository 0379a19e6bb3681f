import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Closes connections that never carried a request. Browsers open connections in advance. Node counts such a connection
 * as busy, so a stopping server would wait until it times out. They are found through Node's diagnostics channel,
 * because Fastify keeps some of its servers on localhost to itself.
 */
export function closeUnusedConnections(app: FastifyInstance): void {
  const unused = new Set<Socket>();
  const onSocket = (message: unknown): void => {
    const socket = findSocket(message);
    if (!socket) return;
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  };
  const onRequest = (message: unknown): void => {
    const socket = findSocket(message);
    if (socket) unused.delete(socket);
  };
  subscribe('net.server.socket', onSocket);
  subscribe('http.server.request.start', onRequest);
  app.addHook('preClose', async () => {
    unsubscribe('net.server.socket', onSocket);
    unsubscribe('http.server.request.start', onRequest);
    const ports = new Set(app.addresses().flatMap((address) => (typeof address === 'string' ? [] : address.port)));
    for (const socket of unused) if (socket.localPort !== undefined && ports.has(socket.localPort)) socket.destroy();
  });
}

function findSocket(message: unknown): Socket | undefined {
  const socket = typeof message === 'object' && message !== null && 'socket' in message ? message.socket : undefined;
  return socket instanceof Socket ? socket : undefined;
}
