import type { Deps, Log } from '#server/deps.ts';
import { parseWebhook } from '#server/xero/webhook.ts';

/** Xero expects an answer within 5 seconds and disables webhooks that are often late. */
const answerWithinMs = 2_000;

/**
 * Handles a webhook with a valid signature: wakes the change streams of its organisations and makes no call to Xero.
 * Ends in time even if the store or the cache hangs; the stream's next round finds what was missed.
 */
export async function receiveWebhook(deps: Deps, body: Buffer, log: Log): Promise<void> {
  const organisationIds = parseWebhook(body);
  if (!organisationIds) log.warn('a webhook with a valid signature could not be parsed');
  const work = wakeAll(deps, organisationIds ?? []).catch((error: unknown) =>
    log.warn({ err: error }, 'a webhook could not be processed'),
  );
  const ending = new AbortController();
  await Promise.race([work, deps.clock.sleep(answerWithinMs, ending.signal).catch(() => undefined)]);
  ending.abort();
}

/** Skips organisations that no workspace is connected to. */
async function wakeAll({ store, changes }: Deps, organisationIds: readonly string[]): Promise<void> {
  for (const organisationId of organisationIds) {
    const connections = await store.connections.listByOrganisation(organisationId);
    if (connections.some(({ status }) => status === 'running')) await changes.wake(organisationId);
  }
}
