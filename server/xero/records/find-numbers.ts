import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { longestPage } from '#server/xero/endpoints/limits.ts';
import { getPurchaseOrderByNumber, getPurchaseOrders } from '#server/xero/endpoints/purchase-orders.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import { everSince, findInPage, findSince, joinFound, matchText } from './find-rows.ts';
import type { FoundRecords } from './records.ts';
import { splitForList, splitForPath } from './value-chunks.ts';

const wholeInvoices = { hasUnitDecimals: true, page: 1, pageSize: longestPage } as const;

/** Invoices and bills with these numbers, up to 20 in one call. */
export async function findInvoicesByNumber(
  deps: Reading,
  caller: XeroCaller,
  numbers: readonly string[],
): Promise<FoundRecords> {
  const { chunks, unsafe } = splitForList(numbers);
  const filters = [
    ...chunks.map((chunk) => ({ wanted: chunk, filter: { invoiceNumbers: chunk } })),
    ...unsafe.map((number) => ({ wanted: [number], filter: { searchTerm: number } })),
  ];
  const found: FoundRecords[] = [];
  for (const { wanted, filter } of filters) {
    const question = getInvoices({ ...filter, ...wholeInvoices });
    const matches = matchText('InvoiceNumber', wanted);
    found.push(await findInPage(deps, caller, { resource: 'invoice', question, matches }));
  }
  return joinFound(found);
}

/** More numbers than this are searched for in the list of all orders, which takes one call per 1,000. */
const mostAlone = 5;

/**
 * Xero cannot filter purchase orders by number. A few are read one by one. Many, and numbers that an address cannot
 * hold, are searched for in all orders.
 */
export async function findOrdersByNumber(
  deps: Reading,
  caller: XeroCaller,
  numbers: readonly string[],
): Promise<FoundRecords> {
  const { safe, unsafe } = splitForPath(numbers);
  const listed = safe.length > mostAlone ? numbers : unsafe;
  const inList = await findInAllOrders(deps, caller, listed);
  // With more orders than are read, those that were not found may exist.
  const alone = inList.isWhole ? safe.filter((number) => !listed.includes(number)) : safe;
  const found: FoundRecords[] = [];
  for (const number of alone) found.push(await findOrder(deps, caller, number));
  const isWhole = inList.isWhole || unsafe.length === 0;
  return joinFound([{ ...inList, isWhole }, ...found]);
}

async function findInAllOrders(deps: Reading, caller: XeroCaller, numbers: readonly string[]): Promise<FoundRecords> {
  if (numbers.length === 0) return { twins: [], isWhole: true };
  const matches = matchText('PurchaseOrderNumber', numbers);
  const resource = 'purchase_order';
  return findSince(deps, caller, { resource, since: everSince, matches, toQuestion: getPurchaseOrders });
}

async function findOrder(deps: Reading, caller: XeroCaller, number: string): Promise<FoundRecords> {
  const question = getPurchaseOrderByNumber({ number });
  const matches = matchText('PurchaseOrderNumber', [number]);
  try {
    return await findInPage(deps, caller, { resource: 'purchase_order', question, matches });
  } catch (error) {
    if (error instanceof AppError && error.code === 'xero_not_found') return { twins: [], isWhole: true };
    throw error;
  }
}
