import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { addDecimals, compareDecimals, type Decimal, roundDecimal, subtractDecimals } from '#shared/money.ts';
import { fieldWords } from '../words/field-words.ts';
import { problemWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';
import { askExceedsDue } from '../words/questions.ts';
import {
  checkAboveZero,
  checkDecimals,
  checkPage,
  type Filled,
  findTooLong,
  invalidAt,
  isFilled,
  missingAt,
  toMissing,
} from './check-fields.ts';
import { checkCurrency, checkLock } from './documents/build-document.ts';
import { findPaymentAccount } from './documents/payment-accounts.ts';
import { checkDigits } from './documents/read-lines.ts';
import { findLive, isRemoved } from './documents/statuses.ts';
import type { Built, KindFacts, KindMark, KindTwin, Need, Removal, SyncKind } from './kind.ts';
import { listDifferences } from './list-differences.ts';
import { readFlag, readText } from './read-row.ts';

type Payment = RecordData<'payments'>;

/** A payment of an invoice, or of a bill. Xero cannot change one. */
export const payments: SyncKind<'payments'> = {
  ...{ kind: 'payments', resource: 'payment', rank: 10 },
  listNeeds,
  toXero,
  mark: referenceMark(),
  search: [],
  onFound: 'adopt',
  isReplaced: true,
  fields: {
    'Invoice.InvoiceID': 'invoice',
    'Account.AccountID': 'method',
    Date: 'date',
    Amount: 'amount',
  },
  toRemoval,
  isProtected: (twin) => (isReconciled(twin) ? 'is_reconciled' : null),
};

function listNeeds({ invoice, bill, method }: Payment): Need[] {
  // One that names two documents is refused, whatever became of them.
  if (invoice && bill) return [];
  return [
    ...(invoice && isFilled(invoice, ofDocument) ? [{ ...invoice, path: 'invoice' }] : []),
    ...(bill && isFilled(bill, ofDocument) ? [{ ...bill, path: 'bill' }] : []),
    ...(method ? [{ kind: 'payment-methods' as const, crmId: method, path: 'method', ifPut: true as const }] : []),
  ];
}

const required = ['date', 'amount', 'currency'] as const;
const ofDocument = ['kind', 'crmId'] as const;

function toXero(data: Payment, facts: KindFacts): Built {
  if (!data.invoice && !data.bill) return { problem: missingAt('invoice') };
  if (data.invoice && data.bill) return { problem: invalidAt('bill', fieldWords.twoDocuments) };
  const path = data.invoice ? 'invoice' : 'bill';
  const named = data.invoice ?? data.bill ?? {};
  if (!isFilled(named, ofDocument)) return toMissing(named, ofDocument, `${path}.`);
  if (!isFilled(data, required)) return toMissing(data, required);
  const wrong = checkFields(data, facts);
  if (wrong) return { problem: wrong };
  const document =
    named.kind === 'invoices' ? facts.twinOf(named.kind, named.crmId) : facts.billOf(named.kind, named.crmId);
  if (!document)
    return { problem: toProblem('record_missing', { field: path, message: problemWords.recordMissing(path) }) };
  const found = findPaymentAccount(data.method, data.currency, facts);
  if ('problem' in found) return found;
  const problem =
    checkCurrency(data.currency, facts) ?? checkLock(data.date, facts) ?? checkDocument(document, path, data.currency);
  if (problem) return { problem };
  return toElement(data, { document, accountId: found.account.id, facts });
}

type Complete = Filled<Payment, (typeof required)[number]>;

function checkFields({ amount, currency, reference, url }: Complete, facts: KindFacts): RecordProblem | undefined {
  return (
    checkAboveZero('amount', amount) ??
    checkDigits('amount', amount, 11) ??
    checkDecimals('amount', amount, currency) ??
    findTooLong(['reference', reference, 255]) ??
    checkPage(url, facts)
  );
}

/** Xero takes payments on approved documents only, in the document's currency. */
function checkDocument(document: KindTwin, path: string, currency: string): RecordProblem | undefined {
  const { number } = document;
  const own = readText(document, 'CurrencyCode');
  if (own !== undefined && own !== currency) return invalidAt('currency', fieldWords.otherCurrency(own, number));
  if (isRemoved(document)) {
    return toProblem('xero_rejected', { field: path, message: problemWords.documentGone(number) });
  }
  if (document.status !== 'DRAFT' && document.status !== 'SUBMITTED') return undefined;
  return toProblem('xero_rejected', { field: path, message: problemWords.notApproved(number) });
}

type Sending = { document: KindTwin; accountId: string; facts: KindFacts };

function toElement(data: Complete, { document, accountId, facts: { twin, choice } }: Sending): Built {
  const due = findDue(document, twin);
  const isOver = due !== undefined && compareDecimals(data.amount, due) > 0;
  const isDue = due !== undefined && compareDecimals(due, '0') > 0;
  if (isOver && !(choice === 'send_due' && isDue)) return { question: toExcess(data, document, due) };
  const element = {
    Invoice: { InvoiceID: document.id },
    Account: { AccountID: accountId },
    Date: data.date,
    Amount: { exactDecimal: isOver ? due : data.amount },
    Reference: data.reference || undefined,
  };
  const live = findLive({ twin });
  return live && listDifferences(payments.fields, element, live).length === 0 ? { same: true } : { element };
}

/** What the document owes without this payment, which is deleted before another takes its place. */
function findDue(document: KindTwin, twin: KindTwin | undefined): Decimal | undefined {
  const due = readText(document, 'AmountDue');
  const live = findLive({ twin });
  if (due === undefined || !live) return due;
  const isOnIt = readText(live, 'Invoice', 'InvoiceID')?.toLowerCase() === document.id;
  return isOnIt ? addDecimals([due, readText(live, 'Amount') ?? '0']) : due;
}

function toExcess({ amount }: Complete, { number }: KindTwin, due: string) {
  const [paid, open] = [roundDecimal(amount, 2), roundDecimal(due, 2)];
  const rest = roundDecimal(subtractDecimals(amount, due), 2);
  return askExceedsDue({ amount: paid, due: open, rest, document: number });
}

/** Twelve characters of the write's id stand behind the CRM's own reference, so that a lost answer is found again. */
function referenceMark(): KindMark {
  return {
    by: 'reference',
    toMark: (writeId) => writeId.replace(/-/g, '').slice(0, 12),
    put: (element, mark) => {
      const given = typeof element.Reference === 'string' ? element.Reference : '';
      return { ...element, Reference: `${given.slice(0, 255 - mark.length - 1)} ${mark}`.trim() };
    },
  };
}

function isReconciled(twin: KindTwin): boolean {
  return readFlag(twin, 'IsReconciled') === true;
}

function toRemoval(twin: KindTwin): Removal {
  if (twin.status === 'DELETED') return { how: 'none' };
  if (isReconciled(twin)) return { problem: toProblem('is_reconciled', { message: problemWords.isReconciled }) };
  return { how: 'delete_payment' };
}
