import { getFullCreditNotes } from '#server/xero/endpoints/credits.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { getPayments } from '#server/xero/endpoints/payments.ts';
import { getPurchaseOrders } from '#server/xero/endpoints/purchase-orders.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { findContactsByName, findContactsByNumber } from './find-contacts.ts';
import { findInvoicesByNumber, findOrdersByNumber } from './find-numbers.ts';
import { everSince, findSince, matchPart, matchText, pickRows } from './find-rows.ts';
import { isWholeList, readWholeList } from './read-whole-list.ts';
import type { FoundRecords, RecordSearch, XeroResource } from './records.ts';
import { readMember, toSameText } from './row-members.ts';

/** Searches each resource as Xero allows, with as few calls as possible. */
export async function findRecords(deps: Reading, caller: XeroCaller, search: RecordSearch): Promise<FoundRecords> {
  const values = toDistinct(search.values);
  if (values.length === 0) return { twins: [], isWhole: true };
  const { resource, by, since = everSince } = search;
  const member = memberOf(search);
  const matches = matchText(member, values);
  if (isWholeList(resource)) {
    const rows = await readWholeList(deps, caller, resource);
    return pickRows(deps, resource, rows, (row) => (isWithin(row, search.within) ? matches(row) : false));
  }
  switch (resource) {
    case 'contact':
      return by === 'name'
        ? findContactsByName(deps, caller, values)
        : findContactsByNumber(deps, caller, values, search.since);
    case 'invoice':
      return by === 'number'
        ? findInvoicesByNumber(deps, caller, values)
        : findMarked(deps, caller, search, matchPart(member, values, 'inside'));
    case 'payment': {
      const atEnd = matchPart(member, values, 'at the end');
      return findSince(deps, caller, { resource, since, matches: atEnd, toQuestion: getPayments });
    }
    case 'purchase_order':
      return search.since === undefined
        ? findOrdersByNumber(deps, caller, values)
        : findSince(deps, caller, { resource, since, matches, toQuestion: getPurchaseOrders });
    case 'credit_note':
      return findSince(deps, caller, { resource, since, matches, toQuestion: getFullCreditNotes });
  }
}

/** Without outer and double spaces, each once whatever its case. */
function toDistinct(values: readonly string[]): string[] {
  const spaced = values.map((value) => value.trim().replace(/\s+/g, ' ')).filter((value) => value !== '');
  return [...new Map(spaced.map((value) => [toSameText(value), value])).values()];
}

/** Not a summary: Xero does not document whether summaries leave out Url. */
function findMarked(
  deps: Reading,
  caller: XeroCaller,
  { resource, since = everSince, isByThisApp = true }: RecordSearch,
  matches: ReturnType<typeof matchPart>,
): Promise<FoundRecords> {
  const createdByMyApp = isByThisApp || undefined;
  return findSince(deps, caller, {
    ...{ resource, since, matches },
    toQuestion: (at) => getInvoices({ createdByMyApp, hasUnitDecimals: true, ...at }),
  });
}

/** What each resource can be found by, and where Xero keeps it. */
const members: Readonly<Record<XeroResource, Partial<Record<RecordSearch['by'], string>>>> = {
  contact: { name: 'Name', contact_number: 'ContactNumber' },
  item: { code: 'Code', name: 'Name' },
  invoice: { number: 'InvoiceNumber', mark: 'Url' },
  purchase_order: { number: 'PurchaseOrderNumber' },
  credit_note: { number: 'CreditNoteNumber' },
  payment: { reference: 'Reference' },
  account: { code: 'Code', name: 'Name' },
  tax_rate: { name: 'Name' },
  tracking_option: { name: 'Name' },
};

function isWithin(row: unknown, categoryId: string | undefined): boolean {
  const own = readMember(row, 'TrackingCategoryID');
  return categoryId === undefined || own === null || own.toLowerCase() === categoryId.toLowerCase();
}

function memberOf({ resource, by }: RecordSearch): string {
  const member = members[resource][by];
  if (member === undefined) throw new Error(`Xero cannot find a ${resource} by its ${by}`);
  return member;
}
