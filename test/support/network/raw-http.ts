import { connect } from 'node:net';

export type RawAnswer = { status: number; head: string; body: string };

/**
 * Writes raw bytes to a socket and returns everything that comes back until the server closes it. `ending: 'open'`
 * leaves our side open, as a slow or waiting client does.
 */
export async function sendRaw(
  origin: string,
  bytes: string | Uint8Array,
  { ending = 'end' }: { ending?: 'end' | 'open' } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }, () => {
      if (ending === 'end') socket.end(bytes);
      else socket.write(bytes);
    });
    socket.on('data', (part) => {
      parts.push(part);
      // An event stream would last as long as its session.
      if (/^content-type: text\/event-stream/im.test(part.toString('latin1'))) socket.destroy();
    });
    socket.on('end', () => socket.end());
    // What arrived before the other side closed still counts.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
    socket.on('close', () => resolve(parseAnswer(Buffer.concat(parts).toString('latin1'))));
  });
}

/** The first answer, with the length that it declares. Status 0 when there was none. */
function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const length = /^content-length: (\d+)/im.exec(head)?.[1];
  const body = rest.join('\r\n\r\n').slice(0, length === undefined ? undefined : Number(length));
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body };
}
