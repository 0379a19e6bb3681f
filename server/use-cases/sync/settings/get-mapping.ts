import type { Deps } from '#server/deps.ts';
import type { Repositories } from '#server/store/store.ts';
import type { CauseCount } from '#server/store/tables/records/record-store.ts';
import type { MappingKey } from '#server/store/tables/sync/settings-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { findSyncPlace } from './find-sync-place.ts';
import { foldKey } from './merge-mapping.ts';
import { findTracking, proposeAccount, proposePaymentAccount, proposeTaxRate } from './propose.ts';
import { noChoices, readSyncLists, toChoices } from './read-choices.ts';
import { readMapping, type StoredMapping } from './read-mapping.ts';

/** The CRM's words, what stands for each, what is offered for those without, and how many records wait for it. */
export async function getMapping(
  deps: Pick<Deps, 'store' | 'cache' | 'clock' | 'singleFlight' | 'xero'>,
  workspaceId: string,
): Promise<Mapping> {
  const { where, connection } = await findSyncPlace(deps.store, workspaceId);
  const [stored, words, lists] = await Promise.all([
    readMapping(deps.store, where),
    readWords(deps.store, where),
    readSyncLists(deps, connection),
  ]);
  return toMapping(stored, words, lists ? toChoices(lists) : noChoices);
}

type Words = { keys: readonly MappingKey[]; causes: readonly CauseCount[] };

async function readWords(
  { syncMapping, records }: Pick<Repositories, 'syncMapping' | 'records'>,
  where: SyncPlace,
): Promise<Words> {
  const [keys, causes] = await Promise.all([syncMapping.listKeys(where), records.countCauses(where)]);
  return { keys, causes };
}

function toMapping(stored: StoredMapping, words: Words, choices: Mapping['choices']): Mapping {
  const { accounts, paymentAccounts, taxRates, tracking } = choices;
  const waiting = countWaiting(words.causes);
  const toWord = (mapping: string, key: string) => ({ key, waiting: waiting.get(`${mapping}:${foldKey(key)}`) ?? 0 });
  const keysOf = (mapping: keyof StoredMapping & string, known: readonly { key: string }[]) =>
    listKeys(known, words.keys, mapping);
  const isMapped = (choice: string | null | undefined) => choice !== null && choice !== undefined;
  return {
    categories: keysOf('categories', stored.categories).map((key) => {
      const { accountCode = null } = findKey(stored.categories, key) ?? {};
      const proposed = isMapped(accountCode) ? null : proposeAccount(key, accounts);
      return { ...toWord('categories', key), accountCode, proposed };
    }),
    paymentMethods: keysOf('paymentMethods', stored.paymentMethods).map((key) => {
      const { accountId = null } = findKey(stored.paymentMethods, key) ?? {};
      const proposed = isMapped(accountId) ? null : proposePaymentAccount(key, paymentAccounts);
      return { ...toWord('paymentMethods', key), accountId, proposed };
    }),
    taxRates: keysOf('taxRates', stored.taxRates).map((key) => {
      const { taxType = null, salesTaxType = null } = findKey(stored.taxRates, key) ?? {};
      const proposed = isMapped(taxType) ? null : proposeTaxRate(key, taxRates, 'purchases');
      const proposedSales = isMapped(salesTaxType) ? null : proposeTaxRate(key, taxRates, 'sales');
      return { ...toWord('taxRates', key), taxType, salesTaxType, proposed, proposedSales };
    }),
    tracking: toTracking(stored, words.keys, tracking),
    defaults: stored.defaults,
    choices,
  };
}

/** In the order of the alphabet. */
function listKeys(stored: readonly { key: string }[], known: readonly MappingKey[], mapping: string): string[] {
  const keys = new Map<string, string>();
  const ofMapping = known.filter((one) => one.mapping === mapping);
  for (const { key } of [...ofMapping, ...stored]) if (!keys.has(foldKey(key))) keys.set(foldKey(key), key);
  return [...keys.values()].toSorted((a, b) => foldKey(a).localeCompare(foldKey(b)));
}

function findKey<Row extends { key: string }>(rows: readonly Row[], key: string): Row | undefined {
  return rows.find((row) => foldKey(row.key) === foldKey(key));
}

/** By name where nobody chose: "Location" and "Department" need no admin. */
function toTracking(stored: StoredMapping, known: readonly MappingKey[], choices: Mapping['choices']['tracking']) {
  const rows = Object.entries(stored.tracking).map(([key, id]) => ({ key, id }));
  const keys = listKeys([...rows, { key: 'Location' }, { key: 'Department' }], known, 'tracking');
  return Object.fromEntries(
    keys.map((key) => {
      const row = findKey(rows, key);
      return [row?.key ?? key, row ? row.id : findTracking(key, choices)];
    }),
  );
}

function countWaiting(causes: readonly CauseCount[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { blockedOn, count } of causes) {
    if (blockedOn !== null) counts.set(blockedOn, (counts.get(blockedOn) ?? 0) + count);
  }
  return counts;
}
