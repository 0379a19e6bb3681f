import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import { repeat } from '#server/repeat.ts';
import { AppError } from '#shared/app-error.ts';
import type { StreamEnd } from '#shared/contract/events.ts';
import { buildEventStream, type EventStream } from './event-stream.ts';

/** Each visible widget has one stream, which costs a socket and a few kilobytes. */
const mostStreams = 5_000;
/** How much each stream adds to the time over which widgets are told to refresh. */
const spreadPerStreamMs = 2;
const streamsWithoutSpread = 50;
/** Heartbeats are sent in batches of this size, so that the process can do other work in between. */
const beatsAtOnce = 100;
/** Proxies and load balancers close a connection that is silent for a minute. */
const beatEveryMs = 15_000;

/**
 * All event streams of this process: one per session, up to a limit, all with heartbeats. All end when the cache's
 * messages are interrupted.
 */
export type EventStreams = {
  /** Opens a stream and ends the holder's earlier one. Rejects with `unavailable` when there are too many. */
  open(holder: string, onBeat: () => void): EventStream;
  count(): number;
  /**
   * A random delay, in milliseconds, before one stream tells its widget to refresh. A change to a whole workspace would
   * otherwise bring back thousands of widgets at the same moment. It is 0 with few streams and 10 seconds at most.
   */
  spreadMs(): number;
  /** Ends all streams and accepts no more. */
  stop(reason: StreamEnd): Promise<void>;
};

type StreamsDeps = {
  cache: Pick<Cache, 'ping' | 'onInterrupted'>;
  clock: Clock;
  most?: number;
  /** Tests pass their own; the default is Math.random. */
  random?: () => number;
};

export function buildEventStreams({
  cache,
  clock,
  most = mostStreams,
  random = Math.random,
}: StreamsDeps): EventStreams {
  const open = new Map<string, { stream: EventStream; onBeat: () => void }>();
  let isStopping = false;

  const endAll = (reason: StreamEnd): void => {
    for (const { stream } of [...open.values()]) stream.end(reason);
  };
  // Messages may have been missed, so every widget must reconnect and ask again.
  const forget = cache.onInterrupted(() => endAll('unavailable'));
  const stopBeating = repeat({
    clock,
    everyMs: beatEveryMs,
    work: async () => {
      if (open.size > 0) await cache.ping();
      for (const [index, { stream, onBeat }] of [...open.values()].entries()) {
        if (index > 0 && index % beatsAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
        if (stream.over.aborted) continue;
        stream.beat();
        onBeat();
      }
    },
    onError: () => endAll('unavailable'),
  });

  return {
    open(holder, onBeat) {
      open.get(holder)?.stream.end('replaced');
      if (isStopping || open.size >= most) throw new AppError('unavailable', { retryAfterSeconds: 60 });
      const stream = buildEventStream();
      open.set(holder, { stream, onBeat });
      stream.over.addEventListener('abort', () => {
        if (open.get(holder)?.stream === stream) open.delete(holder);
      });
      return stream;
    },
    count: () => open.size,
    spreadMs: () => (open.size <= streamsWithoutSpread ? 0 : Math.floor(random() * open.size * spreadPerStreamMs)),
    async stop(reason) {
      isStopping = true;
      endAll(reason);
      forget();
      await stopBeating();
    },
  };
}
