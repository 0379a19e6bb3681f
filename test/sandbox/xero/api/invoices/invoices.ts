import { dayToMs } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import type { Contact, Invoice } from '../../records/types.ts';
import { answerInvoicePdf } from '../documents/document-pdf.ts';
import { contactFields, unitDecimalsOf } from '../documents/document-wire.ts';
import { pdfOrJson, wantsPdf } from '../documents/pdf.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { isTrue, type Listing, listRows, readIds } from '../listing.ts';
import type { ApiCall, ApiRoute } from '../route.ts';
import { type InvoiceDetail, invoiceToWire } from './invoice-wire.ts';
import { writeInvoices } from './write-invoices.ts';

const scopes = ['accounting.invoices'];

export const invoiceRoutes: ApiRoute[] = [
  { method: 'GET', path: '/Invoices', scopes, run: (call) => listInvoices(call) },
  { method: 'GET', path: '/Invoices/:id', scopes, accepts: pdfOrJson, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/Invoices', scopes, run: (call) => writeInvoices(call, 'create') },
  { method: 'POST', path: '/Invoices', scopes, run: (call) => writeInvoices(call, 'create or update') },
  { method: 'POST', path: '/Invoices/:id', scopes, run: (call) => writeInvoices(call, 'update') },
];

function toListing(contacts: Map<string, Contact>): Listing<Invoice> {
  return {
    id: ({ InvoiceID }) => InvoiceID,
    updatedAt: (invoice) => invoice.updatedAt,
    indexed: [
      'Status',
      'Contact.ContactID',
      'Contact.Name',
      'Contact.ContactNumber',
      'Reference',
      'Date',
      'Type',
      'AmountDue',
      'AmountPaid',
      'DueDate',
    ],
    table: {
      $type: 'Invoice',
      ...contactFields<Invoice>(contacts),
      InvoiceID: { type: 'Guid', get: (invoice) => invoice.InvoiceID },
      InvoiceNumber: { type: 'String', get: (invoice) => invoice.InvoiceNumber },
      Reference: { type: 'String', get: (invoice) => invoice.Reference },
      Url: { type: 'String', get: (invoice) => invoice.Url },
      Type: { type: 'String', get: (invoice) => invoice.Type },
      Status: { type: 'String', get: (invoice) => invoice.Status },
      CurrencyCode: { type: 'String', get: (invoice) => invoice.CurrencyCode },
      Date: { type: 'DateTime', get: (invoice) => dayToMs(invoice.Date) },
      DueDate: { type: 'DateTime', get: ({ DueDate }) => (DueDate === undefined ? undefined : dayToMs(DueDate)) },
      AmountDue: { type: 'Number', get: (invoice) => invoice.AmountDue },
      AmountPaid: { type: 'Number', get: (invoice) => invoice.AmountPaid },
      Total: { type: 'Number', get: (invoice) => invoice.Total },
      UpdatedDateUTC: { type: 'DateTime', get: (invoice) => invoice.updatedAt },
    },
  };
}

function listInvoices(call: ApiCall) {
  const rows = [...call.books.invoices.values()].filter(toFilter(call));
  const page = listRows(call, rows, toListing(call.books.contacts));
  const detail: InvoiceDetail = {
    level: isTrue(call.query.summaryonly) ? 'summary' : 'list',
    hasLines: page.isPaged,
    unitDecimals: unitDecimalsOf(call),
  };
  return answerPage(call, 'Invoices', page, (invoice) => invoiceToWire(call.books, invoice, detail));
}

/** The explicit parameters, which Xero answers from indexes. */
function toFilter({ query, books, sandbox }: ApiCall) {
  const ids = readIds(query.ids);
  const contactIds = readIds(query.contactids);
  const numbers = readIds(query.invoicenumbers);
  const statuses = query.statuses ? new Set(query.statuses.toUpperCase().split(',')) : undefined;
  const mine = isTrue(query.createdbymyapp);
  const term = query.searchterm?.toLowerCase();
  return (invoice: Invoice): boolean =>
    (ids === undefined || ids.has(invoice.InvoiceID)) &&
    (contactIds === undefined || contactIds.has(invoice.contactId)) &&
    (numbers === undefined || numbers.has(invoice.InvoiceNumber.toLowerCase())) &&
    (statuses === undefined || statuses.has(invoice.Status)) &&
    (!mine || invoice.clientId === sandbox.app.clientId) &&
    (!term || searched(invoice, books.contacts).some((text) => text?.toLowerCase().includes(term)));
}

function searched(invoice: Invoice, contacts: Map<string, Contact>) {
  return [invoice.InvoiceNumber, invoice.Reference, contacts.get(invoice.contactId)?.Name];
}

/** By InvoiceID or by number, always with lines and payments. */
function answerOne(call: ApiCall) {
  const id = call.params.id ?? '';
  const { invoices } = call.books;
  const invoice = invoices.get(id.toLowerCase()) ?? [...invoices.values()].find((one) => one.InvoiceNumber === id);
  if (!invoice) throw notFound();
  if (wantsPdf(call)) return answerInvoicePdf(call.books, invoice);
  const detail: InvoiceDetail = { level: 'full', hasLines: true, unitDecimals: unitDecimalsOf(call) };
  return answerElements(call, 'Invoices', [invoiceToWire(call.books, invoice, detail)]);
}
