import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { waitUntil } from '../wait-until.ts';

export type HeardEvent = { name: string; data: unknown };

/** One stream of GET /api/events, read the way the widget reads it. */
export type EventListener = {
  status: number;
  headers: IncomingHttpHeaders;
  /** All events so far, oldest first. */
  events(): HeardEvent[];
  /** How many comment lines arrived. */
  beats(): number;
  /** Waits until this many events of this name have arrived. */
  hear(name: string, count?: number): Promise<void>;
  /** Resolves when the stream is over. */
  over: Promise<void>;
  close(): void;
};

/** Resolves when listening has begun, or at once when the server refused. */
export async function listenToEvents(origin: string, bearer: string): Promise<EventListener> {
  // Uses its own connection, which is gone when closed. fetch would silently open another one.
  const request = get(`${origin}/api/events`, { agent: false, headers: { authorization: `Bearer ${bearer}` } });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  const heard: HeardEvent[] = [];
  let beats = 0;
  const take = (block: string): void => {
    if (block.startsWith(':')) beats += 1;
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    const name = field('event');
    if (name !== undefined) heard.push({ name, data: JSON.parse(field('data') ?? 'null') });
  };
  const count = (name: string) => heard.filter((event) => event.name === name).length;
  const over = readBlocks(answer, take);
  const hear = (name: string, wanted = 1) => waitUntil(() => count(name) >= wanted, `${wanted} events ${name}`);
  const { statusCode: status = 0, headers } = answer;
  if (status === 200) await hear('ready');
  return { status, headers, events: () => heard, beats: () => beats, hear, over, close: () => request.destroy() };
}

/** Reads the stream's blocks as they arrive. A stream that breaks off is also over. */
async function readBlocks(answer: IncomingMessage, take: (block: string) => void): Promise<void> {
  let text = '';
  answer.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) take(block);
  });
  answer.on('error', () => undefined);
  await new Promise((resolve) => answer.once('close', resolve));
}
