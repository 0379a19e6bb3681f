import type { SeedInfo } from '#test/sandbox/xero/control/seed-info.ts';
import { type SyncIds, toSyncCalls } from './sandbox-sync-calls.ts';

/** One call of the sandbox, and where Xero's OpenAPI describes its answer. */
export type SandboxCall = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** As Xero's file writes it. */
  template: string;
  /** As the sandbox's route writes it. */
  route: string;
  path: string;
  /** JSON, or bytes. */
  body?: unknown;
  status: number;
  /** The answer's media type when it is not JSON; an empty text for no answer. */
  media?: 'application/pdf' | 'application/octet-stream' | '';
};

export type Ids = Record<
  'invoice' | 'approved' | 'draft' | 'quote' | 'creditNote' | 'prepayment' | 'overpayment',
  string
> &
  SyncIds;

function list(template: string, query = ''): SandboxCall {
  return {
    method: 'GET',
    template,
    route: template,
    path: `${template}${query}`,
    status: 200,
  };
}

function one(template: string, id: string): SandboxCall {
  return {
    method: 'GET',
    template,
    route: template.replace(/\{\w+\}/, ':id'),
    path: template.replace(/\{\w+\}/, id),
    status: 200,
  };
}

/** Every endpoint, with each shape of its answer. */
export function toSandboxCalls({ contacts }: SeedInfo['organisations'][number], ids: Ids): SandboxCall[] {
  return [
    ...['/Organisation', '/Accounts', '/TaxRates', '/Items', '/Currencies'].map((path) => list(path)),
    ...['/TrackingCategories', '/BrandingThemes'].map((path) => list(path)),
    ...['', '?page=1', '?summaryOnly=true&page=1', '?includeArchived=true&page=1'].map((query) =>
      list('/Contacts', query),
    ),
    ...['', '?page=1&unitdp=4', '?summaryOnly=true&page=1&pageSize=1000'].map((query) => list('/Invoices', query)),
    list('/Quotes'),
    ...['/CreditNotes', '/Prepayments', '/Overpayments'].flatMap((path) => [list(path), list(path, '?page=1')]),
    one('/Contacts/{ContactID}', contacts['Harbour Lights Pty Ltd'] ?? ''),
    one('/Contacts/{ContactID}', contacts['Southerly Signs (duplicate)'] ?? ''),
    one('/Invoices/{InvoiceID}', ids.invoice),
    one('/Quotes/{QuoteID}', ids.quote),
    one('/CreditNotes/{CreditNoteID}', ids.creditNote),
    one('/Prepayments/{PrepaymentID}', ids.prepayment),
    one('/Overpayments/{OverpaymentID}', ids.overpayment),
    ...contactWrites(contacts['Blue Gum Dental'] ?? ''),
    ...documentWrites({ ContactID: contacts['Blue Gum Dental'] ?? '' }, ids),
    ...invoiceActions(ids),
    ...attachmentCalls('/Invoices/{InvoiceID}', ids.invoice),
    ...attachmentCalls('/Quotes/{QuoteID}', ids.quote),
    ...attachmentCalls('/CreditNotes/{CreditNoteID}', ids.creditNote),
    ...attachmentCalls('/PurchaseOrders/{PurchaseOrderID}', ids.order),
    ...historyCalls('/Invoices/{InvoiceID}', ids.invoice),
    ...historyCalls('/Quotes/{QuoteID}', ids.quote),
    ...historyCalls('/CreditNotes/{CreditNoteID}', ids.creditNote),
    ...historyCalls('/PurchaseOrders/{PurchaseOrderID}', ids.order),
    list('/PurchaseOrders'),
    list('/PurchaseOrders', '?page=1'),
    one('/PurchaseOrders/{PurchaseOrderID}', ids.order),
    ...historyCalls('/Contacts/{ContactID}', contacts['Blue Gum Dental'] ?? ''),
    ...toSyncCalls(ids),
  ];
}

function contactWrites(contactId: string): SandboxCall[] {
  const good = { Contacts: [{ Name: 'Ada Byron', Phones: [{ PhoneType: 'MOBILE', PhoneNumber: '1' }] }] };
  const bad = { Contacts: [{ Name: 'Marisol Vega', EmailAddress: 'x' }] };
  const contactsAt = (method: 'PUT' | 'POST', body: unknown, status: number, query = ''): SandboxCall => ({
    method,
    template: '/Contacts',
    route: '/Contacts',
    path: `/Contacts${query}`,
    body,
    status,
  });
  return [
    contactsAt('PUT', good, 200),
    contactsAt('PUT', bad, 400),
    contactsAt('POST', bad, 400),
    contactsAt('POST', { Contacts: [{ Name: 'Grace' }, ...bad.Contacts] }, 200, '?summarizeErrors=false'),
    {
      method: 'POST',
      template: '/Contacts/{ContactID}',
      route: '/Contacts/:id',
      path: `/Contacts/${contactId}`,
      body: { Contacts: [{ FirstName: 'Nia' }] },
      status: 200,
    },
  ];
}

const line = { Description: 'Lamp', Quantity: 2, UnitAmount: 50, AccountCode: '200' };

/** Each write with each shape of its answer: done, refused, and both at once. */
function documentWrites(Contact: { ContactID: string }, ids: Ids): SandboxCall[] {
  const Tracking = [{ Name: 'Region', Option: 'North' }];
  const LineItems = [{ ...line, DiscountRate: 10, Tracking }, { ItemCode: 'LAMP-S' }];
  const bad = { Contact: { ...Contact, EmailAddress: 'x' }, LineItems: [{ ...line, AccountCode: '999' }] };
  const dates = { Date: '2026-11-01' };
  return [
    ...writesOf('Invoices', {
      good: { Type: 'ACCREC', Contact, LineItems, ...dates, DueDate: '2026-12-01', Status: 'AUTHORISED' },
      bad: { Type: 'ACCPAY', ...bad, ...dates, DueDate: '2026-12-01' },
    }),
    ...writesOf('PurchaseOrders', {
      good: { Contact, LineItems: [{ ...line, AccountCode: '429', Tracking }], ...dates, DeliveryDate: '2026-12-01' },
      bad: { ...bad, ...dates, DeliveryDate: '2026-12-01' },
    }),
    ...writesOf('Quotes', {
      good: { Contact, LineItems, ...dates, ExpiryDate: '2026-12-01' },
      bad: { ...bad, ...dates, ExpiryDate: '2026-12-01' },
    }),
    changeOf('/Invoices/{InvoiceID}', ids.draft, { Invoices: [{ Url: 'https://crm.example/deal/1' }] }),
    changeOf('/PurchaseOrders/{PurchaseOrderID}', ids.order, { PurchaseOrders: [{ SentToContact: true }] }),
    changeOf('/Quotes/{QuoteID}', ids.quote, { Quotes: [{ Contact, ...dates, Title: 'Lamps' }] }),
  ];
}

function writesOf(plural: string, { good, bad }: { good: unknown; bad: unknown }): SandboxCall[] {
  const template = `/${plural}`;
  const base = { template, route: template, path: template };
  const body = (...elements: unknown[]) => ({ [plural]: elements });
  return (['PUT', 'POST'] as const).flatMap((method): SandboxCall[] => [
    { ...base, method, body: body(good), status: 200 },
    { ...base, method, body: body(bad), status: 400 },
    { ...base, method, body: body(good, bad), path: `${template}?summarizeErrors=false`, status: 200 },
  ]);
}

function changeOf(template: string, id: string, body: unknown): SandboxCall {
  return {
    ...one(template, id),
    method: 'POST',
    body,
  };
}

function invoiceActions({ approved, draft, quote }: Ids): SandboxCall[] {
  const email = (id: string): SandboxCall => ({ ...one('/Invoices/{InvoiceID}/Email', id), method: 'POST', body: {} });
  const payment = { Invoice: { InvoiceID: approved }, Account: { Code: '090' }, Amount: 1 };
  const pay = (Amount: number, status: number): SandboxCall => ({
    ...list('/Payments'),
    method: 'PUT',
    body: { Payments: [{ ...payment, Amount }] },
    status,
  });
  return [
    { ...one('/Invoices/{InvoiceID}/pdf', approved), ...pdfOf('/Invoices', approved) },
    { ...one('/Quotes/{QuoteID}/pdf', quote), ...pdfOf('/Quotes', quote) },
    { ...email(approved), status: 204, media: '' },
    { ...email(draft), status: 400 },
    one('/Invoices/{InvoiceID}/OnlineInvoice', approved),
    pay(1, 200),
    pay(9_999_999, 400),
  ];
}

/** The file gives it a path of its own, which its `x-path` undoes: the Accept header asks for it. */
function pdfOf(endpoint: string, id: string) {
  return {
    route: `${endpoint}/:id`,
    path: `${endpoint}/${id}`,
    media: 'application/pdf' as const,
  };
}

function attachmentCalls(document: string, id: string): SandboxCall[] {
  const named = (name: string): SandboxCall => {
    const call = one(`${document}/Attachments/{FileName}`, id);
    return {
      ...call,
      route: call.route.replace('{FileName}', ':name'),
      path: call.path.replace('{FileName}', encodeURIComponent(name)),
    };
  };
  const body = new Uint8Array([37, 80, 68, 70]);
  return [
    { ...named('bill 1.pdf'), method: 'PUT', body },
    { ...named('bill 1.pdf'), method: 'POST', body },
    { ...named('a?b'), method: 'PUT', body, status: 400 },
    { ...named('bill 1.pdf'), media: 'application/octet-stream' },
    one(`${document}/Attachments`, id),
  ];
}

function historyCalls(document: string, id: string): SandboxCall[] {
  const call = one(`${document}/History`, id);
  const add = (Details: string, status: number): SandboxCall => ({
    ...call,
    method: 'PUT',
    body: { HistoryRecords: [{ Details }] },
    status,
  });
  return [add('Hello World', 200), add('', 400), call];
}
