import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { problemWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';
import { askPaid } from '../words/questions.ts';
import { isFilled, toMissing } from './check-fields.ts';
import { listPartyNeeds, toParty } from './documents/document-contacts.ts';
import { toHeader, toPage, toText, urlMark, withId } from './documents/header.ts';
import { documentFields, readDocument } from './documents/read-document.ts';
import { listLineNeeds } from './documents/read-lines.ts';
import { findPayments, removeDocument } from './documents/removal.ts';
import { findLive, hasReached, isRemoved, toStatusMember } from './documents/statuses.ts';
import type { Built, KindFacts, SyncKind } from './kind.ts';
import { readText } from './read-row.ts';

type Invoice = RecordData<'invoices'>;

/** A sales invoice. */
export const invoices: SyncKind<'invoices'> = {
  ...{ kind: 'invoices', resource: 'invoice', rank: 7 },
  listNeeds: ({ customer, lines }) => [...listPartyNeeds(customer, 'customer', 'customers'), ...listLineNeeds(lines)],
  findParty: ({ customer }) => toParty(customer, 'customer', 'customers'),
  toXero,
  isVoid: ({ status }) => status === 'void',
  mark: urlMark,
  search: [{ by: 'number', toValue: ({ number }) => number || undefined }],
  canBe: (twin) => !isRemoved(twin) && readText(twin, 'Type') !== 'ACCPAY',
  onFound: 'ask_number',
  fields: {
    ...documentFields,
    'Contact.ContactID': 'customer',
    InvoiceNumber: 'number',
    DueDate: 'dueDate',
    CurrencyRate: 'exchangeRate',
  },
  toRemoval: (twin, facts) => removeDocument('InvoiceID', twin, facts),
  isProtected: findPayments,
};

const required = ['dueDate', 'status'] as const;

function toXero(data: Invoice, facts: KindFacts): Built {
  if (data.status === 'void') return { same: true };
  if (!isFilled(data, required)) return toMissing(data, required);
  const refused = data.status === 'draft' ? refuseDraft(facts) : undefined;
  if (refused) return refused;
  const { customer: party, exchangeRate } = data;
  const reading = { side: 'sales', group: 'customers', path: 'customer', party, isPosted: true, exchangeRate } as const;
  const read = readDocument(data, reading, facts);
  if ('problem' in read) return read;
  const { contact, built } = read;
  const { number, date, currency, lineAmountTypes: types, dueDate, reference, status, url } = read.data;
  const element = {
    ...withId('InvoiceID', facts),
    Type: 'ACCREC',
    ...toHeader({ contact, date, currency, exchangeRate, types }, facts),
    DueDate: dueDate,
    InvoiceNumber: number,
    Reference: toText(reference, facts),
    LineItems: built.lineItems,
    Status: toStatusMember(status === 'draft' ? 'DRAFT' : 'AUTHORISED', facts),
    Url: toPage(url, facts),
  };
  return { element, notes: built.notes };
}

/** Xero turns no approved invoice into a draft. */
function refuseDraft(facts: KindFacts): Built | undefined {
  const live = findLive(facts);
  if (!live || !hasReached(live.status, 'AUTHORISED')) return undefined;
  if (findPayments(live)) return { question: askPaid('change', live) };
  const message = problemWords.noDraft(live.number);
  return { problem: toProblem('xero_rejected', { field: 'status', message }) };
}
