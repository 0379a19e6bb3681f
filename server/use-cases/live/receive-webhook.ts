import type { Deps, Log } from '#server/deps.ts';
import { parseWebhook } from '#server/xero/webhook.ts';

/** Xero wants its answer within 5 seconds and switches off who is late for long. */
const answerWithinMs = 2_000;

/**
 * A webhook whose signature was right: wakes the change streams of the organisations it speaks of, and asks Xero
 * nothing. Ends in time whatever the store or the cache do; what is then missed, the stream's next round finds.
 */
export async function receiveWebhook(deps: Deps, body: Buffer, log: Log): Promise<void> {
  const organisationIds = parseWebhook(body);
  if (!organisationIds) log.warn('a webhook with the right signature could not be read');
  const work = wakeAll(deps, organisationIds ?? []).catch((error: unknown) =>
    log.warn({ err: error }, 'a webhook could not be passed on'),
  );
  const ending = new AbortController();
  await Promise.race([work, deps.clock.sleep(answerWithinMs, ending.signal).catch(() => undefined)]);
  ending.abort();
}

/** Organisations that nobody connected, or nobody is connected to any more, are passed over. */
async function wakeAll({ store, changes }: Deps, organisationIds: readonly string[]): Promise<void> {
  for (const organisationId of organisationIds) {
    const connections = await store.connections.listByOrganisation(organisationId);
    if (connections.some(({ status }) => status === 'running')) await changes.wake(organisationId);
  }
}
