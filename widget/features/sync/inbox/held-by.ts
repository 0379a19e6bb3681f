import type { SyncOverview } from '#shared/contract/sync/overview.ts';

type Cause = SyncOverview['inbox'][number];

/** The filter that finds the records of a cause, as the server names what holds them; empty where it names nothing. */
export function toHeldBy({ target }: Pick<Cause, 'target'>): string {
  if (target && 'mapping' in target) return `${target.mapping}:${target.key}`;
  return target && 'contactId' in target ? `contact:${target.contactId}` : '';
}
