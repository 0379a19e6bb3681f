import type { Clock } from '#server/clock.ts';

/** Throttles `act`: runs it at once, then at most once in `ms`. A call during the pause runs it when the pause ends. */
export function atMostEvery(
  ms: number,
  act: () => void,
  { clock, signal }: { clock: Pick<Clock, 'sleep'>; signal: AbortSignal },
): () => void {
  let isResting = false;
  let isAsked = false;
  const rest = async (): Promise<void> => {
    isResting = true;
    while (isAsked && !signal.aborted) {
      isAsked = false;
      act();
      await clock.sleep(ms, signal).catch(() => undefined);
    }
    isResting = false;
  };
  return () => {
    isAsked = true;
    if (!isResting) void rest();
  };
}
