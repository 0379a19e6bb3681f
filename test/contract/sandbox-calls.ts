import type { SeedInfo } from '#test/sandbox/xero/control/seed-info.ts';

/** One call of the sandbox and the place in Xero's OpenAPI that says what its answer looks like. */
export type SandboxCall = {
  method: 'GET' | 'PUT' | 'POST';
  /** As Xero's file writes it. */
  template: string;
  /** As the sandbox's route writes it. */
  route: string;
  path: string;
  body?: unknown;
  status: number;
};

export type Ids = Record<'invoice' | 'draft' | 'quote' | 'creditNote' | 'prepayment' | 'overpayment', string>;

const list = (template: string, query = ''): SandboxCall => ({
  method: 'GET',
  template,
  route: template,
  path: `${template}${query}`,
  status: 200,
});

const one = (template: string, id: string): SandboxCall => ({
  method: 'GET',
  template,
  route: template.replace(/\{\w+\}/, ':id'),
  path: template.replace(/\{\w+\}/, id),
  status: 200,
});

/** Every endpoint, in each of the shapes it answers with. */
export const toSandboxCalls = ({ contacts }: SeedInfo['organisations'][number], ids: Ids): SandboxCall[] => [
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
];

const contactWrites = (contactId: string): SandboxCall[] => {
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
};

const line = { Description: 'Lamp', Quantity: 2, UnitAmount: 50, AccountCode: '200' };

/** Each write in the shapes it answers with: done, refused, and both at once. */
const documentWrites = (Contact: { ContactID: string }, ids: Ids): SandboxCall[] => {
  const Tracking = [{ Name: 'Region', Option: 'North' }];
  const LineItems = [{ ...line, DiscountRate: 10, Tracking }, { ItemCode: 'LAMP-S' }];
  const bad = { Contact: { ...Contact, EmailAddress: 'x' }, LineItems: [{ ...line, AccountCode: '999' }] };
  const dates = { Date: '2026-11-01' };
  return [
    ...writesOf('Invoices', {
      good: { Type: 'ACCREC', Contact, LineItems, ...dates, DueDate: '2026-12-01', Status: 'AUTHORISED' },
      bad: { Type: 'ACCPAY', ...bad, ...dates, DueDate: '2026-12-01' },
    }),
    ...writesOf('Quotes', {
      good: { Contact, LineItems, ...dates, ExpiryDate: '2026-12-01' },
      bad: { ...bad, ...dates, ExpiryDate: '2026-12-01' },
    }),
    changeOf('/Invoices/{InvoiceID}', ids.draft, { Invoices: [{ Url: 'https://crm.example/deal/1' }] }),
    changeOf('/Quotes/{QuoteID}', ids.quote, { Quotes: [{ Title: 'Lamps' }] }),
  ];
};

const writesOf = (plural: string, { good, bad }: { good: unknown; bad: unknown }): SandboxCall[] => {
  const template = `/${plural}`;
  const base = { template, route: template, path: template };
  const body = (...elements: unknown[]) => ({ [plural]: elements });
  return (['PUT', 'POST'] as const).flatMap((method): SandboxCall[] => [
    { ...base, method, body: body(good), status: 200 },
    { ...base, method, body: body(bad), status: 400 },
    { ...base, method, body: body(good, bad), path: `${template}?summarizeErrors=false`, status: 200 },
  ]);
};

const changeOf = (template: string, id: string, body: unknown): SandboxCall => ({
  ...one(template, id),
  method: 'POST',
  body,
});
