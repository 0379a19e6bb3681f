import type { UnreadableDocument } from '#server/xero/documents/document-header.ts';
import { toChunks } from '#server/xero/documents/lists/read-pages.ts';
import { oldestChangeFirst, readSince } from '#server/xero/documents/lists/read-since.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { idsPerCall, longestPage } from '#server/xero/endpoints/limits.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { ReadBills, UnreadableBill, XeroBill, XeroBills } from './bills.ts';
import { type BillPage, parseBills } from './parse-bills.ts';

type Asked = Parameters<XeroBills['listBillsSince']>[1];

/** Not a summary, because a summary has no lines. */
export async function listBillsSince(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { since, from, mostCalls }: Asked,
): Promise<ReadBills> {
  const where = toWhere(from);
  const pages = new Map<string | null, string | null>();
  const read = await readSince<XeroBill>(ask, caller, {
    ...{ since, mostCalls, pageSize: longestPage },
    toQuestion: (at) =>
      getInvoices({ ...at, where, order: oldestChangeFirst, hasUnitDecimals: true, pageSize: longestPage }),
    toPage: (answer) => {
      const { faults, unreadable, ...page } = parseBills(answer);
      noteSetAside('invoices', faults);
      for (const { id, page: url } of unreadable) pages.set(id, url);
      return { ...page, unreadable: unreadable.map(toUnreadable) };
    },
  });
  const unreadable = read.unreadable.map(({ id, updatedAt }) => ({ id, updatedAt, page: pages.get(id) ?? null }));
  return { bills: read.rows, unreadable, asOf: read.asOf, isWhole: read.isWhole };
}

function toUnreadable({ id, updatedAt }: UnreadableBill): UnreadableDocument {
  return { id, updatedAt, kind: 'bill', contactId: null, status: null };
}

export async function listBillsById(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  ids: readonly string[],
): Promise<Pick<ReadBills, 'bills' | 'unreadable'>> {
  const pages: BillPage[] = [];
  for (const chunk of toChunks(ids, idsPerCall)) {
    const page = parseBills(
      await ask(caller, getInvoices({ ids: chunk, hasUnitDecimals: true, page: 1, pageSize: idsPerCall })),
    );
    noteSetAside('invoices', page.faults);
    pages.push(page);
  }
  return { bills: pages.flatMap(({ rows }) => rows), unreadable: pages.flatMap(({ unreadable }) => unreadable) };
}

/** Type and Date are indexed in large organisations. */
function toWhere(from: CalendarDate | undefined): string {
  const [year, month, day] = (from ?? '').split('-').map(Number);
  const ofType = 'Type=="ACCPAY"';
  return from === undefined ? ofType : `${ofType} AND Date>=DateTime(${year},${month},${day})`;
}
