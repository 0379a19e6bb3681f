import { tellHistory } from '../../records/history.ts';
import type { Books } from '../../records/organisation.ts';
import type { Credit } from '../../records/types.ts';
import {
  type CreditNoteWrite,
  creditNoteProblems,
  type SentCreditNote,
} from '../../records/writing/credit-note-problems.ts';
import type { Problems } from '../../records/writing/problems.ts';
import { saveCreditNote } from '../../records/writing/save-credit-note.ts';
import { sentCreditNoteSchema } from '../../records/writing/sent.ts';
import { dayPair, unitDecimalsOf } from '../documents/document-wire.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { toRefusedParts, zeroId } from '../writes/refused-document.ts';
import { invalidJson, requireNamed, type WriteMode, withoutNulls, writeElements } from '../writes/write-elements.ts';
import { writtenText } from '../writes/written-text.ts';
import { creditToWire } from './credits.ts';

const scopes = ['accounting.invoices'];

export const creditNoteRoutes: ApiRoute[] = [
  { method: 'PUT', path: '/CreditNotes', scopes, run: (call) => writeCreditNotes(call, 'create') },
  { method: 'POST', path: '/CreditNotes', scopes, run: (call) => writeCreditNotes(call, 'create or update') },
  { method: 'POST', path: '/CreditNotes/:id', scopes, run: (call) => writeCreditNotes(call, 'update') },
];

/** Credit notes of sales and of purchases. */
function writeCreditNotes(call: ApiCall, mode: WriteMode): ApiAnswer {
  const id = call.params.id;
  requireNamed(mode, findCreditNote(call.books, { CreditNoteID: id }));
  const toWrite = (sent: SentCreditNote): CreditNoteWrite => ({
    organisation: call.organisation,
    sent,
    known: mode === 'create' ? undefined : findCreditNote(call.books, sent),
    unitDecimals: unitDecimalsOf(call),
    now: call.sandbox.clock.now(),
  });
  return writeElements<SentCreditNote>(call, {
    plural: 'CreditNotes',
    read: (element) => {
      const parsed = sentCreditNoteSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return id === undefined ? parsed.data : { ...parsed.data, CreditNoteID: id };
    },
    problemsOf: (sent) => withLostId(mode, toWrite(sent)),
    toRefused: (sent, problems) => toRefused(toWrite(sent), problems),
    save: (sent) => save(call, toWrite(sent)),
  });
}

/** By id, or by number for a sales credit note. */
function findCreditNote(
  { credits }: Books,
  { CreditNoteID, CreditNoteNumber, Type }: Pick<SentCreditNote, 'CreditNoteID' | 'CreditNoteNumber' | 'Type'>,
): Credit | undefined {
  const notes = [...credits.values()].filter(({ kind }) => kind === 'CreditNote');
  if (CreditNoteID) return notes.find(({ id }) => id === CreditNoteID.toLowerCase());
  if (!CreditNoteNumber || Type === 'ACCPAYCREDIT') return undefined;
  return notes.find(
    (one) => one.Type === 'ACCRECCREDIT' && one.number === CreditNoteNumber && !/VOIDED|DELETED/.test(one.Status),
  );
}

/** The text is from Xero's own example. */
function withLostId(mode: WriteMode, write: CreditNoteWrite): Problems {
  const isLost = mode !== 'create' && write.sent.CreditNoteID && write.known === undefined;
  if (!isLost) return creditNoteProblems(write);
  const text = 'An existing Credit Note with the specified CreditNoteID could not be found';
  return { document: [text], contact: [], lines: [] };
}

function toRefused({ sent, known }: CreditNoteWrite, problems: Problems) {
  const { Date: date, ...fields } = sent;
  return {
    ...fields,
    CreditNoteID: known?.id ?? zeroId,
    ...dayPair('Date', date),
    ...toRefusedParts(sent, problems),
    HasErrors: true,
  };
}

function save(call: ApiCall, write: CreditNoteWrite) {
  const before = write.known?.Status;
  const credit = saveCreditNote(write);
  const entry = writtenText(call, { before, status: credit.Status, ...credit });
  tellHistory(call.books, credit.id, { ...entry, at: write.now });
  return creditToWire(call.books, credit, write.unitDecimals);
}
