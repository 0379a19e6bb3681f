import type { Deps } from '#server/deps.ts';
import type { Job } from '#server/schedule.ts';
import { type DeliverDeps, deliverWebhook } from './deliver-webhook.ts';

/** At most one message a second goes to a workspace. */
const deliverEveryMs = 1000;
/** So many deliveries at a time. Each takes at most 15 seconds. */
const mostAtOnce = 20;
const removeEveryMs = 60 * 60 * 1000;
const keepMs = 90 * 24 * 3600 * 1000;

export function buildWebhooksJob(deps: DeliverDeps): Job {
  return {
    name: 'deliver webhooks',
    everyMs: deliverEveryMs,
    work: async () => {
      const due = await deps.store.webhooks.listDue(deps.clock.now().toISOString(), mostAtOnce);
      await Promise.all(due.map(({ workspaceId }) => deliverWebhook(deps, workspaceId)));
    },
  };
}

/** Changes and runs are kept for 90 days. */
export function buildOldChangesJob({ store, clock }: Pick<Deps, 'store' | 'clock'>): Job {
  return {
    name: 'remove old changes',
    everyMs: removeEveryMs,
    work: async () => {
      const before = new Date(clock.now().getTime() - keepMs).toISOString();
      await store.changes.removeBefore(before);
      await store.runs.removeBefore(before);
    },
  };
}
