import { Readable } from 'node:stream';
import type { StreamEnd, StreamEvent } from '#shared/contract/events.ts';

/** What may wait for a reader beyond the system's own buffers; who reads at all never gets near it. */
const mostWaitingBytes = 16 * 1024;

/** One stream on its way to a browser, as text/event-stream. After its end everything is passed over. */
export type EventStream = {
  body: Readable;
  send(event: StreamEvent): void;
  /** A line that says nothing, so that nobody on the way takes the stream for dead. */
  beat(): void;
  end(reason: StreamEnd): void;
  /** Aborted when it is over, whoever ended it. */
  over: AbortSignal;
};

export function buildEventStream(): EventStream {
  const over = new AbortController();
  const body = new Readable({ read: () => undefined });
  body.on('close', () => over.abort());
  // A reader that is gone is no fault.
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
