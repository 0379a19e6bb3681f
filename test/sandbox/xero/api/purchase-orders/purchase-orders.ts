import { dayToMs } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import type { PurchaseOrder } from '../../records/types.ts';
import { unitDecimalsOf } from '../documents/document-wire.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { purchaseOrderToWire } from './purchase-order-wire.ts';
import { findPurchaseOrder, writePurchaseOrders } from './write-purchase-orders.ts';

const scopes = ['accounting.invoices'];

export const purchaseOrderRoutes: ApiRoute[] = [
  { method: 'GET', path: '/PurchaseOrders', scopes, run: (call) => listOrders(call) },
  { method: 'GET', path: '/PurchaseOrders/:id', scopes, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/PurchaseOrders', scopes, run: (call) => writePurchaseOrders(call, 'create') },
  { method: 'POST', path: '/PurchaseOrders', scopes, run: (call) => writePurchaseOrders(call, 'create or update') },
  { method: 'POST', path: '/PurchaseOrders/:id', scopes, run: (call) => writePurchaseOrders(call, 'update') },
];

/** For sorting; the list has no `where`. */
const listing: Listing<PurchaseOrder> = {
  id: ({ PurchaseOrderID }) => PurchaseOrderID,
  updatedAt: (order) => order.updatedAt,
  table: {
    $type: 'PurchaseOrder',
    PurchaseOrderNumber: { type: 'String', get: (order) => order.PurchaseOrderNumber },
    Status: { type: 'String', get: (order) => order.Status },
    Date: { type: 'DateTime', get: (order) => dayToMs(order.Date) },
    Total: { type: 'Number', get: (order) => order.Total },
    UpdatedDateUTC: { type: 'DateTime', get: (order) => order.updatedAt },
  },
};

/** By status and date. Xero's OpenAPI names neither `where` nor a contact, so both are ignored. */
function listOrders(call: ApiCall): ApiAnswer {
  const { where, ...query } = call.query;
  const { status, datefrom, dateto } = query;
  const rows = [...call.books.purchaseOrders.values()].filter(
    (order) =>
      (!status || order.Status === status.toUpperCase()) &&
      (!datefrom || order.Date >= datefrom.slice(0, 10)) &&
      (!dateto || order.Date <= dateto.slice(0, 10)),
  );
  const page = listRows({ ...call, query }, rows, listing);
  const decimals = unitDecimalsOf(call);
  return answerPage(call, 'PurchaseOrders', page, (order) => purchaseOrderToWire(call.books, order, decimals));
}

/** By PurchaseOrderID or by number. */
function answerOne(call: ApiCall): ApiAnswer {
  const id = call.params.id ?? '';
  const { books } = call;
  const order =
    findPurchaseOrder(books, { PurchaseOrderID: id }) ?? findPurchaseOrder(books, { PurchaseOrderNumber: id });
  if (!order) throw notFound();
  return answerElements(call, 'PurchaseOrders', [purchaseOrderToWire(books, order, unitDecimalsOf(call))]);
}
