import { Readable } from 'node:stream';
import type { StreamEnd, StreamEvent } from '#shared/contract/events.ts';

/** Most bytes that may wait for one reader beyond the system's own buffers. A working reader never gets near it. */
const mostWaitingBytes = 16 * 1024;

/** One event stream to a browser, as text/event-stream. After its end, writes are ignored. */
export type EventStream = {
  body: Readable;
  send(event: StreamEvent): void;
  /** Sends a comment line as heartbeat, so that no proxy takes the stream for dead. */
  beat(): void;
  end(reason: StreamEnd): void;
  /** Aborted when the stream is over, whichever side ended it. */
  over: AbortSignal;
};

export function buildEventStream(): EventStream {
  const over = new AbortController();
  const body = new Readable({ read: () => undefined });
  body.on('close', () => over.abort());
  // A reader that disconnects is not an error.
  body.on('error', () => undefined);

  const write = (text: string): void => {
    if (over.signal.aborted || body.readableEnded) return;
    body.push(text);
    if (body.readableLength > mostWaitingBytes) body.destroy();
  };
  const send = ({ name, ...data }: StreamEvent): void => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  return {
    body,
    over: over.signal,
    send,
    beat: () => write(': beat\n\n'),
    end: (reason) => {
      if (over.signal.aborted) return;
      send({ name: 'end', reason });
      body.push(null);
      over.abort();
    },
  };
}
