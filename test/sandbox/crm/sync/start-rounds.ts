import type { Sync } from './build-sync.ts';
import { runAlone } from './run-alone.ts';

type Rounds = { sync: Sync; everyMs: number; log: (error: unknown) => void };

/**
 * Makes up for a message or a request that was lost: hands over what Ledgerside does not have, and reads the feed.
 * Returns how to stop, which waits for the round that is running.
 */
export function startRounds({ sync, everyMs, log }: Rounds): () => Promise<void> {
  const round = runAlone(async () => {
    for (const step of [sync.askForWebhook, () => sync.handOverAll(), sync.readChanges]) {
      await step().catch(log);
    }
  });
  let last = round();
  // Real time: the CRM runs beside the product, whose clock it does not know.
  const timer = setInterval(() => {
    last = round();
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await last;
  };
}
