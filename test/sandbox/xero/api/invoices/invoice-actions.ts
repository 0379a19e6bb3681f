import { notFound, validationException } from '../../errors.ts';
import { tellHistory } from '../../records/history.ts';
import type { Invoice } from '../../records/types.ts';
import { answerElements } from '../envelope.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { toErrors } from '../writes/write-elements.ts';

const scopes = ['accounting.invoices'];

export const invoiceActionRoutes: ApiRoute[] = [
  { method: 'POST', path: '/Invoices/:id/Email', scopes, takes: 'anything', run: (call) => sendEmail(call) },
  { method: 'GET', path: '/Invoices/:id/OnlineInvoice', scopes, run: (call) => readOnlineInvoice(call) },
];

function requireInvoice({ books, params }: ApiCall): Invoice {
  const found = books.invoices.get((params.id ?? '').toLowerCase());
  if (!found) throw notFound();
  return found;
}

function isApproved({ Type, Status }: Invoice): boolean {
  return Type === 'ACCREC' && (Status === 'AUTHORISED' || Status === 'PAID');
}

function sendEmail(call: ApiCall): ApiAnswer {
  const { books, sandbox } = call;
  const invoice = requireInvoice(call);
  const to = books.contacts.get(invoice.contactId)?.EmailAddress ?? '';
  const problems = [
    ...(isApproved(invoice) ? [] : ['Only approved sales invoices can be emailed']),
    ...(to === '' ? ['The contact of this invoice has no email address'] : []),
  ];
  const { InvoiceID, InvoiceNumber } = invoice;
  if (problems.length > 0) throw validationException([{ InvoiceID, ValidationErrors: toErrors(problems) }]);
  const at = sandbox.clock.now();
  Object.assign(invoice, { SentToContact: true, updatedAt: at });
  books.emails.push({ documentId: InvoiceID, number: InvoiceNumber, to, at });
  const Details = `This invoice has been sent to ${to} through the Xero API using ${sandbox.app.name}`;
  tellHistory(books, InvoiceID, { Changes: 'Invoice sent', Details, at });
  return { status: 204, body: undefined };
}

/** The page where a customer pays. Only an approved sales invoice has one. */
function readOnlineInvoice(call: ApiCall): ApiAnswer {
  const invoice = requireInvoice(call);
  if (!isApproved(invoice)) throw notFound();
  const OnlineInvoiceUrl = `${call.origin}/online/${call.organisation.shortCode.slice(1)}/${invoice.InvoiceID}`;
  return answerElements(call, 'OnlineInvoices', [{ OnlineInvoiceUrl }]);
}
