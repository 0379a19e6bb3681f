import type { RecordNote } from '#shared/contract/sync/record.ts';

type Note = Omit<RecordNote, 'at'>;

export function noteRoundingLine(currency: string, amount: string): Note {
  return { code: 'rounding_line', message: `A rounding line of ${amount} ${currency} was added.` };
}

/** `what` is in the plural where Xero keeps all of the kind. */
export function noteKept(what: string): Note {
  return { code: 'kept_in_xero', message: `${what} in Xero. Remove it there if it is no longer needed.` };
}

export function noteOtherName(name: string): Note {
  return { code: 'renamed_in_xero', message: `It is called '${name}' in Xero. Renaming is not sent.` };
}
