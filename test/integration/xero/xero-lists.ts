import { parseConnections } from '#server/xero/access/parse-connections.ts';
import { searchContacts } from '#server/xero/contacts/contacts.ts';
import { listCredits } from '#server/xero/documents/credits.ts';
import { listAttachments, listHistory } from '#server/xero/documents/document-extras.ts';
import { findBillsByNumber } from '#server/xero/documents/lists/find-documents.ts';
import { listDocumentsById } from '#server/xero/documents/lists/list-by-id.ts';
import * as changes from '#server/xero/documents/lists/list-changes.ts';
import { type ClosedQuestion, listClosedInvoices } from '#server/xero/documents/lists/list-closed-invoices.ts';
import { listClosedQuotes } from '#server/xero/documents/lists/list-closed-quotes.ts';
import { listOpenInvoices, listOrganisationQuotes, listQuotes } from '#server/xero/documents/lists/list-documents.ts';
import { listMadeInvoices } from '#server/xero/documents/writes/list-made-invoices.ts';
import { getOrganisations } from '#server/xero/endpoints/settings.ts';
import type { XeroChoices } from '#server/xero/gateway.ts';
import { listChoices } from '#server/xero/organisation/choices.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';

const contactId = 'c0c0c0c0-0000-4000-8000-000000000000';
const caller = { workspaceId: 'w', organisationId: 'o', priority: 'person' as const };
const since = '2026-11-01T00:00:00.000Z';
export const toId: (n: number) => string = (n) => `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
const toMoment: (n: number) => string = (n) => `/Date(${Date.UTC(2026, 10, 2) + n * 1000}+0000)/`;

/** Written into the answer as a number that no float can hold. */
export const endless = '1e999999';
/** Invalid values for an id, an amount, an instant, a currency or an object; undefined: missing. */
const never = [undefined, null, '', {}, [], true, 'what?', endless];
/** Invalid values for a required text. */
const noText = [undefined, null, '', {}, [], true];
/** Invalid values for a row. */
export const noRow: readonly unknown[] = [null, 0, 'row', [], {}, true, [null]];
export type Row = Record<string, unknown>;
/**
 * `unreadable`: the ids that could be parsed, for a list that reports what it lacks. `isWhole`: for a list that reports
 * it.
 */
type Found = { ids: string[]; unreadable?: string[]; isWhole?: boolean };
export type XeroListCase = {
  name: string;
  /** The member of the answer that contains the rows. */
  member: string;
  /** The end of the request's path, if it differs from the member. */
  path?: string;
  idName: string;
  good(n: number): Row;
  /** Members that a row needs, and values that break them. */
  required: Record<string, readonly unknown[]>;
  optional?: readonly string[];
  /** Values in the place of a whole row. */
  junk?: readonly unknown[];
  /** `ids`: the ids of all rows. */
  read(deps: XeroDeps, ids: string[]): Promise<Found>;
};

const money = {
  ...{ Contact: { ContactID: contactId }, CurrencyCode: 'AUD', CurrencyRate: 1.5, Reference: 'R' },
  ...{ SubTotal: 100, TotalTax: 10, Total: 110.5, Date: '/Date(1793836800000+0000)/' },
};
const moneyRequired = { Contact: never, CurrencyCode: never, Total: never, UpdatedDateUTC: never, Status: never };
const moneyOptional = ['Reference', 'CurrencyRate', 'SubTotal', 'TotalTax', 'Date'];
const invoices = {
  ...{ member: 'Invoices', idName: 'InvoiceID' },
  required: { ...moneyRequired, InvoiceID: never, AmountDue: never, Type: noText },
  optional: [...moneyOptional, 'InvoiceNumber', 'DueDate', 'AmountPaid', 'AmountCredited'],
  good: (n: number): Row => ({
    ...{ ...money, InvoiceID: toId(n), Type: 'ACCREC', Status: 'AUTHORISED', AmountDue: 60, AmountPaid: 50.5 },
    ...{ AmountCredited: 0, InvoiceNumber: `INV-${n}`, DueDate: '', UpdatedDateUTC: toMoment(n) },
  }),
};
const quotes = {
  ...{ member: 'Quotes', idName: 'QuoteID', required: { ...moneyRequired, QuoteID: never } },
  optional: [...moneyOptional, 'QuoteNumber', 'ExpiryDate'],
  good: (n: number): Row => ({
    ...{ ...money, QuoteID: toId(n), Status: 'SENT', QuoteNumber: `QU-${n}`, ExpiryDate: '' },
    UpdatedDateUTC: toMoment(n),
  }),
};
const contacts = {
  ...{ member: 'Contacts', idName: 'ContactID', required: { ContactID: never, Name: noText } },
  optional: ['FirstName', 'LastName', 'EmailAddress', 'AccountNumber', 'ContactStatus', 'MergedToContactID'],
  good: (n: number): Row => ({
    ...{ ContactID: toId(n), Name: `C ${n}`, FirstName: 'A', LastName: 'B', EmailAddress: 'a@b.example' },
    ...{ AccountNumber: 'A1', ContactNumber: 'C1', ContactStatus: 'ACTIVE', MergedToContactID: '' },
    UpdatedDateUTC: toMoment(n),
  }),
};

type WithId = { id: string | null };
function toIds(rows: readonly WithId[]) {
  return rows.flatMap(({ id }) => id ?? []);
}
function toFound(ids: readonly WithId[], unreadable: readonly WithId[]): Found {
  return {
    ids: toIds(ids),
    unreadable: toIds(unreadable),
  };
}
const closedQuestion: ClosedQuestion = {
  ...{ kind: 'invoice', contactIds: [contactId], statuses: ['PAID'], search: undefined },
  ...{ order: 'newest', page: 1, pageSize: 50 },
};
const mark = 'https://crm.example/#ledgerside=';
function toDay(n: number) {
  return new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
}

function documents(name: string, of: typeof invoices | typeof quotes, ask: Ask, Status?: string): XeroListCase {
  return {
    ...{ ...of, name },
    good: (n) => ({ ...of.good(n), ...(Status && { Status }) }),
    read: async (deps, ids) => {
      const found = await ask(deps, ids);
      return toFound('rows' in found ? found.rows : found.documents, found.unreadable);
    },
  };
}
type Ask = (
  deps: XeroDeps,
  ids: string[],
) => Promise<{ unreadable: WithId[] } & ({ documents: WithId[] } | { rows: WithId[] })>;

function credit(member: string, idName: string, Type: string): XeroListCase {
  return {
    ...{ name: member, member, idName },
    good: (n) => ({
      ...{ [idName]: toId(n), Type, Status: 'AUTHORISED', Contact: { ContactID: contactId } },
      ...{ CurrencyCode: 'AUD', CurrencyRate: 1, RemainingCredit: 5.5 },
    }),
    required: { [idName]: never, Type: noText, Status: noText, Contact: never, CurrencyCode: never },
    optional: ['CurrencyRate'],
    read: async (deps) => {
      const found = await listCredits(deps, caller);
      return toFound(found.credits, found.unreadable);
    },
  };
}

type Choice = Pick<XeroListCase, 'member' | 'idName' | 'good' | 'required' | 'optional'>;
function choice(of: Choice, pick: (choices: XeroChoices) => string[]): XeroListCase {
  return {
    ...{ ...of, name: of.member },
    read: async (deps) => ({ ids: pick(await listChoices(deps, caller)) }),
  };
}

const documentLists: readonly XeroListCase[] = [
  documents('open invoices', invoices, (deps) => listOpenInvoices(deps, caller, [contactId])),
  documents('changed invoices', invoices, (deps) => changes.listInvoicesChangedSince(deps, caller, since)),
  documents('invoices by id', invoices, (deps, ids) =>
    listDocumentsById(
      deps,
      caller,
      ids.map((id) => ({ kind: 'invoice', id })),
    ),
  ),
  documents(
    'closed invoices',
    invoices,
    (deps) => listClosedInvoices(deps, caller, closedQuestion, (_, ask) => ask()),
    'PAID',
  ),
  documents('open quotes', quotes, (deps) => listQuotes(deps, caller, contactId)),
  documents('changed quotes', quotes, (deps) => changes.listQuotesChangedSince(deps, caller, since)),
  documents('closed quotes', quotes, (deps) => listClosedQuotes(deps, caller, [contactId]), 'DECLINED'),
  {
    ...{ ...quotes, name: 'open quotes of the organisation' },
    // A quote whose contact cannot be parsed may belong to anybody.
    required: Object.fromEntries(Object.entries(quotes.required).filter(([name]) => name !== 'Contact')),
    read: async (deps) => {
      const found = await listOrganisationQuotes(deps, caller, [contactId]);
      return toFound(found.documents, found.unreadable);
    },
  },
  {
    ...contacts,
    name: 'found contacts',
    read: async (deps) => ({ ids: toIds(await searchContacts(deps, caller, 'C')) }),
  },
  {
    ...{ ...contacts, name: 'contacts by id' },
    read: async (deps, ids) => ({ ids: toIds(await changes.listContactsById(deps, caller, ids)) }),
  },
  {
    ...{ ...contacts, name: 'changed contacts', required: { ...contacts.required, UpdatedDateUTC: never } },
    read: async (deps) => {
      const found = await changes.listContactsChangedSince(deps, caller, since);
      return toFound(found.rows, found.unreadable);
    },
  },
  credit('CreditNotes', 'CreditNoteID', 'ACCRECCREDIT'),
  credit('Prepayments', 'PrepaymentID', 'RECEIVE-PREPAYMENT'),
  credit('Overpayments', 'OverpaymentID', 'APOVERPAYMENT'),
];

const choices: readonly XeroListCase[] = [
  choice(
    {
      ...{ member: 'Accounts', idName: 'Code', required: { Name: noText, Type: [undefined, null, {}, [], true] } },
      optional: ['Class', 'Status', 'TaxType', 'SystemAccount'],
      good: (n) => ({ Code: toId(n), Name: `A ${n}`, Type: 'SALES', Class: 'REVENUE', Status: 'ACTIVE', TaxType: 'X' }),
    },
    ({ accounts }) => accounts.map(({ code }) => code),
  ),
  choice(
    {
      ...{ member: 'TaxRates', idName: 'TaxType', required: { Name: noText, TaxType: noText } },
      optional: ['ReportTaxType', 'Status', 'EffectiveRate', 'DisplayTaxRate', 'TaxComponents', 'CanApplyToAssets'],
      good: (n) => ({
        TaxType: toId(n),
        Name: `T ${n}`,
        EffectiveRate: 10,
        DisplayTaxRate: 10,
        CanApplyToAssets: true,
      }),
    },
    ({ taxRates }) => taxRates.map(({ taxType }) => taxType),
  ),
  choice(
    {
      ...{ member: 'Items', idName: 'Code', required: { Code: noText } },
      optional: ['Name', 'Description', 'PurchaseDescription', 'IsSold', 'SalesDetails', 'PurchaseDetails'],
      good: (n) => ({ Code: toId(n), Name: `I ${n}`, IsSold: true, SalesDetails: { UnitPrice: 5.25, TaxType: null } }),
    },
    ({ items }) => items.map(({ code }) => code),
  ),
  choice(
    {
      ...{ member: 'TrackingCategories', idName: 'TrackingCategoryID' },
      required: { TrackingCategoryID: never, Name: noText, Options: ['what?', true] },
      optional: ['Status', 'Options'],
      good: (n) => ({ TrackingCategoryID: toId(n), Name: `R ${n}`, Status: 'ACTIVE', Options: [null, { Name: 'N' }] }),
    },
    ({ tracking }) => tracking.map(({ id }) => id),
  ),
  choice(
    {
      ...{ member: 'Currencies', idName: 'Description', required: { Code: never }, optional: [] },
      good: (n) => ({ Code: 'AUD', Description: toId(n) }),
    },
    ({ currencies }) => currencies.map(({ name }) => name),
  ),
  choice(
    {
      ...{ member: 'BrandingThemes', idName: 'BrandingThemeID', required: { BrandingThemeID: never, Name: noText } },
      good: (n) => ({ BrandingThemeID: toId(n), Name: `B ${n}` }),
    },
    ({ brandingThemes }) => brandingThemes.map(({ id }) => id),
  ),
];

const place = { kind: 'invoice', id: toId(0) } as const;
const besides: readonly XeroListCase[] = [
  {
    ...{ name: 'connections', member: '', idName: 'id', required: { id: never, tenantId: never } },
    optional: ['tenantType', 'tenantName', 'authEventId'],
    good: (n) => ({ id: toId(n), tenantId: contactId, tenantType: 'ORGANISATION', tenantName: 'O', authEventId: 'e' }),
    read: async ({ ask, noteSetAside }) => {
      const { connections, faults } = parseConnections(await ask(caller, getOrganisations()));
      noteSetAside('connections', faults);
      return { ids: toIds(connections) };
    },
  },
  {
    ...{ name: 'attachments', member: 'Attachments', idName: 'FileName' },
    good: (n) => ({ FileName: toId(n) }),
    required: { FileName: [undefined, null, {}, [], true] },
    read: async (deps) => ({ ids: (await listAttachments(deps, caller, place)).map(({ fileName }) => fileName) }),
  },
  {
    ...{ name: 'history', member: 'HistoryRecords', path: 'History', idName: 'Details' },
    good: (n) => ({ Details: toId(n), User: null }),
    required: { Details: [{}, [], true] },
    // A note may be empty.
    junk: [null, 0, 'row', [], true],
    read: async (deps) => ({ ids: await listHistory(deps, caller, place) }),
  },
  {
    ...{ name: 'bills of a number', member: 'Invoices', idName: 'Date' },
    good: (n) => ({ Type: 'ACCPAY', InvoiceNumber: 's-1', Date: toDay(n), Total: 'what?', LineItems: null }),
    required: { Type: [undefined, null, {}, [], true], InvoiceNumber: [{}, [], true] },
    read: async (deps) => {
      const bills = await findBillsByNumber(deps, caller, { contactId, number: 'S-1' });
      return { ids: bills.map(({ date }) => date ?? '') };
    },
  },
  {
    ...{ name: 'invoices that were made here', member: 'Invoices', idName: 'InvoiceID' },
    good: (n) => ({ InvoiceID: toId(n), Type: 'ACCREC', Url: mark, LineItems: [], UpdatedDateUTC: toMoment(n) }),
    // A row without the mark does not matter.
    junk: [mark, [mark], { mark }],
    required: { InvoiceID: never, UpdatedDateUTC: never, LineItems: [{ mark }, 'what?'] },
    optional: ['InvoiceNumber', 'LineItems'],
    read: async (deps) => {
      const { invoices: made, isWhole } = await listMadeInvoices(deps, caller, { contactIds: [contactId], mark });
      return { ids: toIds(made), isWhole };
    },
  },
];

/** Every list that is read from Xero. */
export const xeroLists: readonly XeroListCase[] = [...documentLists, ...choices, ...besides];
