import type { z } from 'zod';
import { todayIn } from '../../dates.ts';
import type { Organisation } from '../organisation.ts';
import type { Credit, DocumentStatus } from '../types.ts';
import type { LineSetting } from './complete-line.ts';
import { isSilent, sentContactProblems } from './contact-of-document.ts';
import { documentProblems, lockDateProblems, tooLong } from './document-problems.ts';
import { lineProblems } from './line-problems.ts';
import type { Problems } from './problems.ts';
import type { sentCreditNoteSchema } from './sent.ts';

export type SentCreditNote = z.infer<typeof sentCreditNoteSchema>;

export type CreditNoteWrite = {
  organisation: Organisation;
  sent: SentCreditNote;
  /** The credit note to update. */
  known: Credit | undefined;
  unitDecimals: number;
  now: number;
};

/** Why Xero would refuse this credit note. */
export function creditNoteProblems(write: CreditNoteWrite): Problems {
  const { organisation, sent, known } = write;
  const contact = sent.Contact;
  const rules = { ...creditNoteSetting(write), needsDescription: isPosting(write), needsAccount: isPosting(write) };
  return {
    document: [
      ...(known || sent.Type ? [] : ['Credit Note Type must be specified']),
      ...(known && sent.Type && sent.Type !== known.Type ? ['The Type of a credit note cannot be changed'] : []),
      ...stateProblems(sent, known),
      ...(known || contact ? [] : ['A Contact must be specified for this type of transaction']),
      ...documentProblems(organisation, sent),
      ...tooLong({ CreditNoteNumber: [sent.CreditNoteNumber, 255], Reference: [sent.Reference, 255] }),
      ...numberProblems(write),
      ...(sent.Status === 'DELETED' ? [] : lockDateProblems(organisation, creditNoteDate(write))),
      ...(isPosting(write) && !hasLines(write) ? ['One or more line items must be specified'] : []),
    ],
    contact: contact && (!isSilent(contact) || !known) ? sentContactProblems(organisation.books(), contact) : [],
    lines: (sent.LineItems ?? []).map((line) => lineProblems(organisation.books(), line, rules)),
  };
}

export function creditNoteType({ sent, known }: CreditNoteWrite): string {
  return known?.Type ?? sent.Type ?? 'ACCRECCREDIT';
}

export function creditNoteDate({ organisation, sent, known, now }: CreditNoteWrite): string {
  return sent.Date ?? known?.Date ?? todayIn(organisation.timezone, now);
}

export function creditNoteSetting(write: CreditNoteWrite): LineSetting {
  return {
    side: creditNoteType(write) === 'ACCRECCREDIT' ? 'sales' : 'purchases',
    types: write.sent.LineAmountTypes ?? write.known?.LineAmountTypes ?? 'Exclusive',
    unitDecimals: write.unitDecimals,
  };
}

/** Whether it is approved, or submitted for approval. */
function isPosting({ sent, known }: CreditNoteWrite): boolean {
  const status = sent.Status ?? known?.Status ?? 'DRAFT';
  return status === 'AUTHORISED' || status === 'SUBMITTED';
}

function hasLines({ sent, known }: CreditNoteWrite): boolean {
  return (sent.LineItems?.length ?? 0) > 0 || (known?.LineItems.length ?? 0) > 0;
}

/** As for invoices: only allocations and refunds set PAID. */
const next: Record<DocumentStatus, DocumentStatus[]> = {
  DRAFT: ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'DELETED'],
  SUBMITTED: ['SUBMITTED', 'DRAFT', 'AUTHORISED', 'DELETED'],
  AUTHORISED: ['AUTHORISED', 'VOIDED'],
  PAID: ['PAID'],
  VOIDED: [],
  DELETED: [],
};

const beginnings: DocumentStatus[] = ['DRAFT', 'SUBMITTED', 'AUTHORISED'];

function stateProblems(sent: SentCreditNote, known: Credit | undefined): string[] {
  const wanted = sent.Status ?? known?.Status ?? 'DRAFT';
  if (known && known.Allocations.length + known.Payments.length > 0)
    return ['This document cannot be edited as it has a payment or credit note allocated to it.'];
  const allowed = known ? next[known.Status] : beginnings;
  if (allowed.includes(wanted)) return [];
  return [`Credit Note not of valid status for ${known ? 'modification' : 'creation'}`];
}

/** For sales only. The number of a voided or deleted one can be used again. */
function numberProblems(write: CreditNoteWrite): string[] {
  const number = write.sent.CreditNoteNumber?.toLowerCase();
  if (!number || creditNoteType(write) !== 'ACCRECCREDIT') return [];
  const isTaken = [...write.organisation.books().credits.values()].some(
    (one) =>
      one !== write.known &&
      one.Type === 'ACCRECCREDIT' &&
      one.number.toLowerCase() === number &&
      !/VOIDED|DELETED/.test(one.Status),
  );
  return isTaken ? ['Credit Note # must be unique.'] : [];
}
