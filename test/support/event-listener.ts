import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { waitUntil } from './wait-until.ts';

export type HeardEvent = { name: string; data: unknown };

/** One stream of GET /api/events, read as the widget reads it. */
export type EventListener = {
  status: number;
  headers: IncomingHttpHeaders;
  /** Everything it said so far, oldest first. */
  events(): HeardEvent[];
  /** How many comment lines came. */
  beats(): number;
  /** Waits until so many events of this name came. */
  hear(name: string, count?: number): Promise<void>;
  /** Settles when the stream is over. */
  over: Promise<void>;
  close(): void;
};

/** Ends when listening has begun, or at once where the server refused. */
export async function listenToEvents(origin: string, bearer: string): Promise<EventListener> {
  // A connection of its own, that is gone when it is closed: fetch would open another one in its place, unasked.
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

/** The stream's blocks as they come; a stream that breaks off is over too. */
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
