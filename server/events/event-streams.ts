import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import { repeat } from '#server/repeat.ts';
import { AppError } from '#shared/app-error.ts';
import type { StreamEnd } from '#shared/contract/events.ts';
import { buildEventStream, type EventStream } from './event-stream.ts';

/** One visible widget has one; a socket and a few kilobytes each. */
const mostStreams = 5_000;
/** Each stream beyond the first few adds this much to the time over which all of them are told to open again. */
const spreadPerStreamMs = 2;
const streamsWithoutSpread = 50;
/** Beats go out in batches, between which the process does what else there is to do. */
const beatsAtOnce = 100;
/** Proxies and load balancers close what is silent for a minute. */
const beatEveryMs = 15_000;

/** All streams of this process: one a session, so many at most, all beating; ended together when nothing is heard. */
export type EventStreams = {
  /** Ends the one that `holder` had. Rejects with `unavailable` when there are too many. */
  open(holder: string, onBeat: () => void): EventStream;
  count(): number;
  /**
   * How long one stream waits before it tells its widget to open again, in milliseconds, by chance: what concerns a
   * whole workspace would bring thousands of widgets back in one moment. 0 where few listen, 10 seconds at most.
   */
  spreadMs(): number;
  /** Ends all of them, and takes no more. */
  stop(reason: StreamEnd): Promise<void>;
};

type StreamsDeps = {
  cache: Pick<Cache, 'ping' | 'onInterrupted'>;
  clock: Clock;
  most?: number;
  /** Tests pass their own; real chance when absent. */
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
  // What was said meanwhile was not heard: whoever comes back asks.
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
