import { readList } from '#server/xero/answers/read-list.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { toChunks } from '#server/xero/documents/lists/read-pages.ts';
import { getContacts } from '#server/xero/endpoints/contacts.ts';
import { getCreditNoteById } from '#server/xero/endpoints/credits.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { idsPerCall } from '#server/xero/endpoints/limits.ts';
import { getPaymentById } from '#server/xero/endpoints/payments.ts';
import { getPurchaseOrderById } from '#server/xero/endpoints/purchase-orders.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import { parseTwin } from './parse-twin.ts';
import { isWholeList, readWholeList } from './read-whole-list.ts';
import type { ReadRecords, XeroResource, XeroTwin } from './records.ts';
import { resources } from './resources.ts';
import { readMember } from './row-members.ts';

type Asked = { resource: XeroResource; ids: readonly string[] };

/**
 * Contacts and invoices: one call per 40. Purchase orders, credit notes and payments: one call each, because Xero
 * cannot list them by id. The others: one call for the whole list.
 */
export async function readRecords(deps: Reading, caller: XeroCaller, { resource, ids }: Asked): Promise<ReadRecords> {
  const wanted = [...new Set(ids.map((id) => toId(resource, id)))];
  if (wanted.length === 0) return { twins: new Map(), unreadable: [] };
  return collect(deps, resource, wanted, await readRows(deps, caller, resource, wanted));
}

function toId(resource: XeroResource, id: string): string {
  return resource === 'tax_rate' ? id : id.toLowerCase();
}

/** `isShort`: Xero counts more rows than it sent, so a missing one may exist. */
type SentRows = { rows: unknown[]; isShort: boolean };

async function readRows(deps: Reading, caller: XeroCaller, resource: XeroResource, ids: string[]): Promise<SentRows> {
  if (isWholeList(resource)) return { rows: await readWholeList(deps, caller, resource), isShort: false };
  const sent: SentRows[] = [];
  // One after another: a call that waits too long for its slot would be given up, and the others with it.
  for (const chunk of toChunks(ids, chunkLengths[resource])) {
    sent.push(await readChunk(deps, caller, resource, questions[resource](chunk)));
  }
  return { rows: sent.flatMap(({ rows }) => rows), isShort: sent.some(({ isShort }) => isShort) };
}

type ListedResource = Exclude<XeroResource, 'item' | 'account' | 'tax_rate' | 'tracking_option'>;
const chunkLengths: Readonly<Record<ListedResource, number>> = {
  ...{ contact: idsPerCall, invoice: idsPerCall },
  ...{ purchase_order: 1, credit_note: 1, payment: 1 },
};
const paging = { page: 1, pageSize: idsPerCall };
const questions: Readonly<Record<ListedResource, (ids: string[]) => Question>> = {
  contact: (ids) => getContacts({ ids, includeArchived: true, isFull: true, ...paging }),
  invoice: (ids) => getInvoices({ ids, hasUnitDecimals: true, ...paging }),
  purchase_order: ([id = '']) => getPurchaseOrderById({ id }),
  credit_note: ([id = '']) => getCreditNoteById({ id }),
  payment: ([id = '']) => getPaymentById({ id }),
};

async function readChunk({ ask }: Reading, caller: XeroCaller, resource: ListedResource, question: Question) {
  try {
    const { member, id } = resources[resource];
    const { rows, pagination } = readList(await ask(caller, question), member, id);
    return { rows, isShort: (pagination?.itemCount ?? 0) > rows.length };
  } catch (error) {
    // Xero answers a list of ids that is too long with a 404 too, but such a list is never sent.
    if (error instanceof AppError && error.code === 'xero_not_found') return { rows: [], isShort: false };
    throw error;
  }
}

function collect(
  { noteSetAside }: Reading,
  resource: XeroResource,
  ids: readonly string[],
  { rows, isShort }: SentRows,
): ReadRecords {
  const asked = new Set(ids);
  const twins = new Map<string, XeroTwin>();
  const faulty = new Set<string | null>();
  const faults: string[] = [];
  for (const row of rows) {
    const { twin, fault } = parseTwin(resource, row);
    if (twin && asked.has(twin.id)) twins.set(twin.id, twin);
    if (fault === undefined) continue;
    faults.push(fault);
    faulty.add(glimpseId(resource, row));
  }
  noteSetAside(resources[resource].list, faults);
  // A row without an id may be any of them.
  const isAnyDoubted = isShort || faulty.has(null);
  return { twins, unreadable: ids.filter((id) => !twins.has(id) && (isAnyDoubted || faulty.has(id))) };
}

function glimpseId(resource: XeroResource, row: unknown): string | null {
  const id = readMember(row, resources[resource].id);
  return id === null ? null : toId(resource, id);
}
