import type { Repositories } from '#server/store/store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { type Rules, rulesSchema } from '#shared/contract/sync/rules.ts';
import { completeKinds, firstRules } from './first-rules.ts';

/** The rules of an organisation. Until somebody enables sync there, nothing is sent. */
export async function readRules({ syncRules }: Pick<Repositories, 'syncRules'>, where: SyncPlace): Promise<Rules> {
  const stored = await syncRules.find(where);
  if (stored === undefined) return firstRules;
  const rules = rulesSchema.parse(JSON.parse(stored));
  return { ...rules, kinds: completeKinds(rules.kinds) };
}
