import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';

/**
 * A check before each call of a write, made once the call has its token and its slot. Rejecting stops the call. The
 * returned function is called once more, at the moment the bytes would be sent: false stops them.
 */
export type SendGate = () => Promise<() => boolean>;

type Held = { mayLeave: () => boolean; onKeptBack: () => void };
type OnAnswer = (answer: http.IncomingMessage) => void;
type Transport = { request(options: https.RequestOptions, onAnswer: OnAnswer): http.ClientRequest };

/**
 * Node's own HTTP, except that nothing is sent before the connection is ready. DNS lookup, connecting and the TLS
 * handshake take time, in which the process may be suspended. Once connected, `mayLeave` decides, and the bytes go to
 * the operating system in the same turn of the event loop.
 */
export function buildHeldTransport(held: Held): Transport {
  return {
    request: (options, onAnswer) => {
      const { request } = options.protocol === 'https:' ? https : http;
      return hold(request(options, onAnswer), held);
    },
  };
}

function hold(request: http.ClientRequest, { mayLeave, onKeptBack }: Held): http.ClientRequest {
  const parts: unknown[] = [];
  const write = request.write.bind(request);
  const end = request.end.bind(request);
  const leave = (): void => {
    if (request.destroyed) return;
    if (!mayLeave()) {
      onKeptBack();
      request.destroy(new Error('kept back'));
      return;
    }
    for (const part of parts) write(part);
    end();
  };
  return Object.assign(request, {
    write: (part: unknown): boolean => {
      parts.push(part);
      return true;
    },
    end: (): http.ClientRequest => {
      if (request.socket) whenConnected(request.socket, leave);
      else request.once('socket', (socket) => whenConnected(socket, leave));
      return request;
    },
  });
}

function whenConnected(socket: Socket & { secureConnecting?: boolean }, act: () => void): void {
  if (socket.secureConnecting) socket.once('secureConnect', act);
  else if (socket.connecting) socket.once('connect', act);
  else act();
}
