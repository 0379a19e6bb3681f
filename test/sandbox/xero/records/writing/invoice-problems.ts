import { todayIn } from '../../dates.ts';
import type { Organisation } from '../organisation.ts';
import type { Invoice } from '../types.ts';
import type { LineSetting } from './complete-line.ts';
import { isSilent, sentContactProblems } from './contact-of-document.ts';
import { documentProblems, lockDateProblems, tooLong } from './document-problems.ts';
import { stateProblems } from './invoice-states.ts';
import { lineProblems } from './line-problems.ts';
import { planProblems } from './plan-limit.ts';
import type { Problems } from './problems.ts';
import type { SentInvoice } from './sent.ts';
import { sideOf } from './side.ts';

export type InvoiceWrite = {
  organisation: Organisation;
  sent: SentInvoice;
  /** The invoice to update. */
  known: Invoice | undefined;
  unitDecimals: number;
  now: number;
};

/** Why Xero would refuse this invoice or bill. */
export function invoiceProblems(write: InvoiceWrite): Problems {
  const { organisation, sent, known } = write;
  const contact = sent.Contact;
  const isNamed = !isSilent(contact);
  const asked = contact === undefined ? ['A Contact must be specified for this type of transaction'] : [];
  const state = stateProblems(sent, known);
  const rules = { ...settingOf(write), needsDescription: isPosting(write), needsAccount: isPosting(write) };
  return {
    document: [
      ...typeProblems(sent, known),
      ...state,
      ...(known ? [] : asked),
      ...documentProblems(organisation, sent),
      ...tooLong({ InvoiceNumber: [sent.InvoiceNumber, 255], Reference: [sent.Reference, 255] }),
      ...numberProblems(write),
      ...(isEnding(write) ? [] : lockDateProblems(organisation, heldDate(write))),
      ...postingProblems(write),
      ...(isApproving(write) ? planProblems(organisation, typeOf(write), dateOf(write)) : []),
    ],
    contact: contact && (isNamed || !known) ? sentContactProblems(organisation.books(), contact) : [],
    lines: (sent.LineItems ?? []).map((line) => lineProblems(organisation.books(), line, rules)),
  };
}

export function typeOf({ sent, known }: Pick<InvoiceWrite, 'sent' | 'known'>): Invoice['Type'] {
  return known?.Type ?? sent.Type ?? 'ACCREC';
}

export function dateOf({ organisation, sent, known, now }: InvoiceWrite): string {
  return sent.Date ?? known?.Date ?? todayIn(organisation.timezone, now);
}

/** A posted document cannot leave a locked period by a new date. */
function heldDate(write: InvoiceWrite): string {
  const { known } = write;
  const date = dateOf(write);
  const isPosted = known?.Status === 'AUTHORISED' || known?.Status === 'PAID';
  return known && isPosted && known.Date < date ? known.Date : date;
}

export function settingOf(write: InvoiceWrite): LineSetting {
  return {
    side: sideOf(typeOf(write)),
    types: write.sent.LineAmountTypes ?? write.known?.LineAmountTypes ?? 'Exclusive',
    unitDecimals: write.unitDecimals,
  };
}

function typeProblems(sent: SentInvoice, known: Invoice | undefined): string[] {
  if (!known) return sent.Type === undefined ? ['Invoice Type must be specified'] : [];
  return sent.Type === undefined || sent.Type === known.Type ? [] : ['The Type of an invoice cannot be changed'];
}

/** For sales invoices only. The number of a voided or deleted invoice can be used again. */
function numberProblems(write: InvoiceWrite): string[] {
  const { organisation, sent, known } = write;
  const number = sent.InvoiceNumber;
  if (!number || typeOf(write) !== 'ACCREC') return [];
  const isTaken = [...organisation.books().invoices.values()].some(
    (one) =>
      one !== known &&
      one.Type === 'ACCREC' &&
      one.InvoiceNumber.toLowerCase() === number.toLowerCase() &&
      one.Status !== 'VOIDED' &&
      one.Status !== 'DELETED',
  );
  return isTaken ? ['Invoice # must be unique.'] : [];
}

/** Whether it is approved, or submitted for approval. */
function isPosting({ sent, known }: InvoiceWrite): boolean {
  const status = sent.Status ?? known?.Status ?? 'DRAFT';
  return status === 'AUTHORISED' || status === 'SUBMITTED';
}

function isApproving({ sent, known }: InvoiceWrite): boolean {
  return sent.Status === 'AUTHORISED' && known?.Status !== 'AUTHORISED';
}

function isEnding({ sent }: InvoiceWrite): boolean {
  return sent.Status === 'DELETED';
}

function postingProblems(write: InvoiceWrite): string[] {
  if (!isPosting(write)) return [];
  const { sent, known } = write;
  const hasLines = (sent.LineItems?.length ?? 0) > 0 || (known?.LineItems.length ?? 0) > 0;
  const isUnfinished = sent.LineItems === undefined && known?.LineItems.some(lacksAccount);
  return [
    ...(hasLines ? [] : ['One or more line items must be specified']),
    ...(isUnfinished ? ['Account code or ID must be specified'] : []),
    ...((sent.DueDate ?? known?.DueDate) === undefined ? ['The DueDate field is mandatory.'] : []),
  ];
}

function lacksAccount(line: Invoice['LineItems'][number]): boolean {
  return line.AccountCode === undefined && line.LineAmount !== 0;
}
