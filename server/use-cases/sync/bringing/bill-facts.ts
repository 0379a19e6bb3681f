import type { Deps } from '#server/deps.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { findOrganisation } from '#server/use-cases/acting/organisation.ts';
import type { UnreadableBill, XeroBill } from '#server/xero/arrivals/bills.ts';
import { documentUrl } from '#server/xero/deep-links.ts';
import { AppError } from '#shared/app-error.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { type OrganisationName, toOrganisationName } from '../records/record-answer.ts';
import { readMapping } from '../settings/read-mapping.ts';
import { readRules } from '../settings/read-rules.ts';
import { findOrderBills, isMarkedBySync, readMark } from './own-bills.ts';
import type { CrmWords } from './to-bill.ts';

export type ReadPage = { bills: readonly XeroBill[]; unreadable: readonly UnreadableBill[] };

/** What is known here of some bills. */
export type BillFacts = CrmWords & {
  organisation: OrganisationName;
  rules: Rules;
  /** Whether sync made it: then it never comes. */
  isOurs(bill: { id: string | null; page: string | null }): boolean;
  /** Its record, if it was met before. */
  findKnown(id: string): RecordRow | undefined;
};

/**
 * Reads what is known of these bills. Use within a transaction that holds the workspace. Rejects with not_connected when
 * another organisation is connected meanwhile: then nothing of this one may reach the CRM.
 */
export async function readBillFacts(
  { config }: Pick<Deps, 'config'>,
  store: Repositories,
  { where, bills, unreadable }: ReadPage & { where: SyncPlace },
): Promise<BillFacts> {
  const connection = await store.connections.find(where.workspaceId);
  const organisation = toOrganisationName(connection);
  if (organisation?.id !== where.organisationId) throw new AppError('not_connected');
  const all = [...bills, ...unreadable];
  const ids = all.flatMap(({ id }) => id ?? []);
  const { records } = store;
  const [rules, mapping, suppliers, waiting, expenses, ofOrders] = await Promise.all([
    readRules(store, where),
    readMapping(store, where),
    records.findManyByXeroId(
      where,
      'suppliers',
      bills.map(({ supplier }) => supplier.id),
    ),
    records.findManyByXeroId(where, 'bills', ids),
    records.findManyByXeroId(where, 'expenses', ids),
    findOrderBills(
      store,
      where.workspaceId,
      all.map(({ page }) => page),
    ),
  ]);
  const shortCode = findOrganisation(connection)?.shortCode ?? null;
  const known = new Map([...waiting, ...expenses].map((row) => [row.xeroId, row]));
  const crmIds = new Map(suppliers.map(({ xeroId, crmId }) => [xeroId, crmId]));
  return {
    ...{ organisation, rules, mapping },
    isOurs: ({ id, page }) =>
      isMarkedBySync(page) || ofOrders.has(readMark(page) ?? '') || (id !== null && known.get(id)?.origin === 'crm'),
    findKnown: (id) => known.get(id),
    supplierOf: (contactId) => crmIds.get(contactId) ?? null,
    urlOf: (id) => documentUrl(config.xero.appUrl, shortCode, { kind: 'bill', id }),
  };
}
