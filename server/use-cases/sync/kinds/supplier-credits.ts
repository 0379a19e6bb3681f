import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { addDecimals, compareDecimals } from '#shared/money.ts';
import { fieldWords } from '../words/field-words.ts';
import { checkAboveZero, checkDecimals, invalidAt, isFilled, toMissing } from './check-fields.ts';
import { listPartyNeeds, toParty } from './documents/document-contacts.ts';
import { toBillStatus, toHeader, withId } from './documents/header.ts';
import { documentFields, readDocument } from './documents/read-document.ts';
import { listLineNeeds } from './documents/read-lines.ts';
import { findPayments, removeDocument } from './documents/removal.ts';
import { isRemoved } from './documents/statuses.ts';
import type { Built, Follow, KindFacts, KindTwin, SyncKind, XeroElement } from './kind.ts';
import { readMember, readText } from './read-row.ts';

type Credit = RecordData<'supplier-credits'>;
type Applied = NonNullable<Credit['applied']>;

/** A supplier's credit note. What of it is set against bills follows as allocations. */
export const supplierCredits: SyncKind<'supplier-credits'> = {
  ...{ kind: 'supplier-credits', resource: 'credit_note', rank: 9 },
  listNeeds: ({ supplier, lines }) => [...listPartyNeeds(supplier, 'supplier', 'suppliers'), ...listLineNeeds(lines)],
  findParty: ({ supplier }) => toParty(supplier, 'supplier', 'suppliers'),
  toXero,
  search: [{ by: 'number', toValue: ({ number }) => number || undefined }],
  canBe,
  onFound: 'ask_number',
  fields: { ...documentFields, 'Contact.ContactID': 'supplier', CreditNoteNumber: 'number' },
  toRemoval: (twin, facts) => removeDocument('CreditNoteID', twin, facts),
  isProtected: findPayments,
  listFollows: ({ applied = [] }) => applied.flatMap(toAllocation),
};

function toXero(data: Credit, facts: KindFacts): Built {
  const { supplier: party, applied = [] } = data;
  const reading = { side: 'purchases', group: 'suppliers', path: 'supplier', party, isPosted: true } as const;
  const read = readDocument(data, reading, facts);
  if ('problem' in read) return read;
  const { contact, built } = read;
  const { number, date, currency, lineAmountTypes: types, total } = read.data;
  const problem = checkAboveZero('total', total) ?? checkApplied(applied, total, currency);
  if (problem) return { problem };
  // Xero keeps a reference of customers' credit notes only.
  const element = {
    ...withId('CreditNoteID', facts),
    Type: 'ACCPAYCREDIT',
    ...toHeader({ contact, date, currency, types }, facts),
    CreditNoteNumber: number,
    LineItems: built.lineItems,
    Status: toBillStatus(facts),
  };
  return { element, notes: built.notes };
}

/** Numbers of suppliers' credit notes are not unique in Xero: another supplier may have the same. */
function canBe(twin: KindTwin, { element: { Contact } }: { element: XeroElement }): boolean {
  const contactId = readMember(Contact, ['ContactID']);
  const isSupplier = readText(twin, 'Type') !== 'ACCRECCREDIT';
  return isSupplier && !isRemoved(twin) && readText(twin, 'Contact', 'ContactID')?.toLowerCase() === contactId;
}

const required = ['bill', 'amount', 'date'] as const;
const ofBill = ['kind', 'crmId'] as const;

function checkApplied(applied: Applied, total: string, currency: string): RecordProblem | undefined {
  for (const [place, part] of applied.entries()) {
    const at = `applied.${place}.`;
    if (!isFilled(part, required)) return toMissing(part, required, at).problem;
    if (!isFilled(part.bill, ofBill)) return toMissing(part.bill, ofBill, `${at}bill.`).problem;
    const path = `${at}amount`;
    const problem = checkAboveZero(path, part.amount) ?? checkDecimals(path, part.amount, currency);
    if (problem) return problem;
  }
  const sum = addDecimals(applied.map(({ amount }) => amount ?? '0'));
  if (compareDecimals(sum, total) <= 0) return undefined;
  return invalidAt('applied', fieldWords.appliedTooMuch(sum, total));
}

function toAllocation(part: Applied[number], place: number): Follow[] {
  if (!isFilled(part, required) || !isFilled(part.bill, ofBill)) return [];
  const { bill, amount, date } = part;
  return [{ what: 'allocation', path: `applied.${place}`, bill, amount, date }];
}
