import type { Deps, Log } from '#server/deps.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { wakeReaders } from '#server/use-cases/sync/bringing/bring-jobs.ts';
import { toDocumentHold } from '#server/use-cases/sync/sending/outcome.ts';
import { parseWebhook, type WebhookNews } from '#server/xero/webhook.ts';

type HeldDeps = Pick<Deps, 'store' | 'clock' | 'jobs'>;

/** Xero expects an answer within 5 seconds and disables webhooks that are often late. */
const answerWithinMs = 2_000;

/**
 * Handles a webhook with a valid signature: wakes the change streams of its organisations and makes no call to Xero.
 * Ends in time even if the store or the cache hangs; the stream's next round finds what was missed.
 */
export async function receiveWebhook(deps: Deps, body: Buffer, log: Log): Promise<void> {
  const news = parseWebhook(body);
  if (!news) log.warn('a webhook with a valid signature could not be parsed');
  const work = wakeAll(deps, news ?? []).catch((error: unknown) =>
    log.warn({ err: error }, 'a webhook could not be processed'),
  );
  const ending = new AbortController();
  await Promise.race([work, deps.clock.sleep(answerWithinMs, ending.signal).catch(() => undefined)]);
  ending.abort();
}

/** Skips organisations that no workspace is connected to. */
async function wakeAll({ store, changes, ...deps }: Deps, news: readonly WebhookNews[]): Promise<void> {
  for (const { organisationId, documentIds } of news) {
    const connections = await store.connections.listByOrganisation(organisationId);
    const running = connections.filter(({ status }) => status === 'running');
    if (running.length > 0) await changes.wake(organisationId);
    for (const { workspaceId } of running) {
      await wakeWork({ store, ...deps }, { workspaceId, organisationId }, documentIds);
    }
  }
}

/**
 * Records that wait until a document changes in Xero, for example until its payment is gone, are looked at now. Bills
 * that the CRM does not know are read.
 */
async function wakeWork(
  { store, clock, jobs }: HeldDeps,
  where: SyncPlace,
  documentIds: readonly string[],
): Promise<void> {
  if (documentIds.length === 0) return;
  await wakeReaders({ store, clock, jobs }, where);
  const woken = await store.records.wake(where, documentIds.map(toDocumentHold), clock.now().toISOString());
  if (woken > 0) jobs.wake(where);
}
