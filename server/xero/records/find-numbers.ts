import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { longestPage } from '#server/xero/endpoints/limits.ts';
import { getPurchaseOrderByNumber, getPurchaseOrders } from '#server/xero/endpoints/purchase-orders.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import { everSince, type Finding, findInPage, findSince, joinFound, matchText } from './find-rows.ts';
import type { FoundRecords } from './records.ts';
import { splitForList, splitForPath } from './value-chunks.ts';

const wholeInvoices = { hasUnitDecimals: true, page: 1, pageSize: longestPage } as const;

/** Invoices and bills with these numbers, up to 20 in one call. */
export async function findInvoicesByNumber(
  deps: Finding,
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

/** One call for each number. Xero cannot filter purchase orders by number, so unusual ones are searched for in all. */
export async function findOrdersByNumber(
  deps: Finding,
  caller: XeroCaller,
  numbers: readonly string[],
): Promise<FoundRecords> {
  const resource = 'purchase_order';
  const { safe, unsafe } = splitForPath(numbers);
  const found: FoundRecords[] = [];
  for (const number of safe) found.push(await findOrder(deps, caller, number));
  if (unsafe.length > 0) {
    const matches = matchText('PurchaseOrderNumber', unsafe);
    found.push(await findSince(deps, caller, { resource, since: everSince, matches, toQuestion: getPurchaseOrders }));
  }
  return joinFound(found);
}

async function findOrder(deps: Finding, caller: XeroCaller, number: string): Promise<FoundRecords> {
  const question = getPurchaseOrderByNumber({ number });
  const matches = matchText('PurchaseOrderNumber', [number]);
  try {
    return await findInPage(deps, caller, { resource: 'purchase_order', question, matches });
  } catch (error) {
    if (error instanceof AppError && error.code === 'xero_not_found') return { twins: [], isWhole: true };
    throw error;
  }
}
