import type { RecordNote } from '#shared/contract/sync/record.ts';
import { noteWords } from './record-words.ts';

type Note = Omit<RecordNote, 'at'>;

export function noteRoundingLine(currency: string, amount: string): Note {
  return { code: 'rounding_line', message: noteWords.roundingLine(currency, amount) };
}

/** What the CRM deleted and Xero keeps. */
export function noteKept(what: keyof typeof noteWords.kept): Note {
  return { code: 'kept_in_xero', message: noteWords.kept[what] };
}

export function noteOtherName(name: string): Note {
  return { code: 'renamed_in_xero', message: noteWords.otherName(name) };
}

/** A document that was voided or deleted in Xero. */
export function noteGone(status: string, at: string): RecordNote {
  const message = status === 'VOIDED' ? noteWords.voided : noteWords.deleted;
  return { code: 'deleted_in_xero', message, at };
}
