import type { Deps } from '#server/deps.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { findBill } from './bill-row.ts';
import { findBillRule } from './bill-rule.ts';
import { billResource } from './read-bills.ts';
import { storeBills } from './store-bills.ts';

const pageSize = 100;

/**
 * After a change of the rules: bills that no rule leaves out any more come, and Xero is read for what was not read yet.
 * What the CRM was told of already stays.
 */
export async function redecideBills(deps: Pick<Deps, 'store' | 'clock' | 'config'>, where: SyncPlace, rules: Rules) {
  const rule = findBillRule(rules);
  if (!rule) return;
  const { records, readers } = deps.store;
  if (rule.when !== 'by_hand') await readers.start(where, billResource, deps.clock.now().toISOString());
  const filter = { kinds: ['bills'], states: ['excluded'] };
  let after: RecordRow | undefined;
  do {
    const page: RecordRow[] = await records.list(where, filter, { limit: pageSize, after });
    const bills = page.flatMap(({ memory }) => findBill(memory) ?? []);
    await storeBills(deps, { bills, unreadable: [] }, { where });
    after = page.length === pageSize ? page.at(-1) : undefined;
  } while (after);
}
