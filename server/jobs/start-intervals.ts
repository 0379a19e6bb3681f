import type { Clock } from '#server/clock.ts';
import { repeat } from '#server/repeat.ts';
import type { Job } from '#server/schedule.ts';
import { type Reporting, runReported } from './run-reported.ts';

/** Decides whether this process runs the interval now. Undefined: another one does, or did. */
export type Claim = (interval: Job) => Promise<{ release(): Promise<void> } | undefined>;

/** Runs each interval never twice at the same time in this process. Returns a function that stops them and waits. */
export function startIntervals(
  deps: Reporting & { clock: Clock; claim?: Claim },
  intervals: readonly Job[],
): () => Promise<void> {
  const stops = intervals.map((interval) => {
    const { everyMs, isDueAtStart } = interval;
    const work = (signal: AbortSignal) => runClaimed(deps, interval, signal);
    return repeat({ clock: deps.clock, everyMs, isDueAtStart, work, onError: () => undefined });
  });
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

async function runClaimed(
  { claim, ...reporting }: Reporting & { claim?: Claim },
  interval: Job,
  signal: AbortSignal,
): Promise<void> {
  const claimed = claim ? await claim(interval) : { release: async () => undefined };
  if (!claimed) return;
  await runReported(reporting, { name: interval.name }, async () => {
    try {
      if (!signal.aborted) await interval.work(signal);
    } finally {
      await claimed.release();
    }
  });
}
