import { dayToMs } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import {
  findPayment,
  isCredit,
  listPayments,
  type PaymentRow,
  payableId,
  paymentTypeOf,
} from '../../records/payment-book.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { deletePayments } from './delete-payment.ts';
import { paymentRowToWire } from './payment-wire.ts';
import { payInvoices } from './write-payments.ts';

const scopes = ['accounting.payments'];

/** Payments can be made and deleted, never changed. */
export const paymentRoutes: ApiRoute[] = [
  { method: 'GET', path: '/Payments', scopes, run: (call) => list(call) },
  { method: 'GET', path: '/Payments/:id', scopes, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/Payments', scopes, run: (call) => payInvoices(call) },
  { method: 'POST', path: '/Payments', scopes, run: (call) => payInvoices(call) },
  { method: 'POST', path: '/Payments/:id', scopes, run: (call) => deletePayments(call) },
];

const listing: Listing<PaymentRow> = {
  id: ({ payment }) => payment.PaymentID,
  updatedAt: ({ payment }) => payment.updatedAt,
  table: {
    $type: 'Payment',
    PaymentID: { type: 'Guid', get: ({ payment }) => payment.PaymentID },
    Status: { type: 'String', get: ({ isDeleted }) => (isDeleted ? 'DELETED' : 'AUTHORISED') },
    PaymentType: { type: 'String', get: ({ on }) => paymentTypeOf(on) },
    Date: { type: 'DateTime', get: ({ payment }) => dayToMs(payment.Date) },
    Amount: { type: 'Number', get: ({ payment }) => payment.Amount },
    Reference: { type: 'String', get: ({ payment }) => payment.Reference },
    IsReconciled: { type: 'Boolean', get: ({ payment }) => payment.isReconciled },
    UpdatedDateUTC: { type: 'DateTime', get: ({ payment }) => payment.updatedAt },
    'Account.Code': { type: 'String', get: ({ payment }) => payment.AccountCode },
    'Invoice.InvoiceID': { type: 'Guid', get: ({ on }) => payableId(on) },
    'Invoice.InvoiceNumber': { type: 'String', get: ({ on }) => (isCredit(on) ? on.number : on.InvoiceNumber) },
  },
};

/** Deleted payments too: their status says so. */
function list(call: ApiCall): ApiAnswer {
  const page = listRows(call, listPayments(call.books), listing);
  return answerPage(call, 'Payments', page, (row) => paymentRowToWire(call, row, 'list'));
}

function answerOne(call: ApiCall): ApiAnswer {
  const row = findPayment(call.books, call.params.id ?? '');
  if (!row) throw notFound();
  return answerElements(call, 'Payments', [paymentRowToWire(call, row, 'full')]);
}
