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

export type Ids = { invoice: string; quote: string; creditNote: string; prepayment: string; overpayment: string };

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
