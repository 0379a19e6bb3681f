import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import { repeat } from '#server/repeat.ts';
import { AppError } from '#shared/app-error.ts';
import type { StreamEnd } from '#shared/contract/events.ts';
import { buildEventStream, type EventStream } from './event-stream.ts';

/** One visible widget has one; a socket and a few kilobytes each. */
const mostStreams = 5_000;
/** Proxies and load balancers close what is silent for a minute. */
const beatEveryMs = 15_000;

/** All streams of this process: one a session, so many at most, all beating; ended together when nothing is heard. */
export type EventStreams = {
  /** Ends the one that `holder` had. Rejects with `unavailable` when there are too many. */
  open(holder: string, onBeat: () => void): EventStream;
  count(): number;
  /** Ends all of them, and takes no more. */
  stop(reason: StreamEnd): Promise<void>;
};

type StreamsDeps = { cache: Pick<Cache, 'ping' | 'onInterrupted'>; clock: Clock; most?: number };

export function buildEventStreams({ cache, clock, most = mostStreams }: StreamsDeps): EventStreams {
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
      for (const { stream, onBeat } of open.values()) {
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
    async stop(reason) {
      isStopping = true;
      endAll(reason);
      forget();
      await stopBeating();
    },
  };
}
