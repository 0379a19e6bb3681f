import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { UnreadableBill, XeroBill } from '#server/xero/arrivals/bills.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { toRetryMs } from '../sending/retry-times.ts';
import { noteGone } from '../words/notes.ts';
import { problemWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';
import {
  type Arriving,
  describeBill,
  describeTwin,
  findBill,
  isSameBill,
  keepBill,
  toEmptyRow,
  toLeftOut,
  toWaiting,
} from './bill-row.ts';
import { type BillRule, findLeftOut, isGone } from './bill-rule.ts';

/**
 * What becomes of a bill that was read. `told`: what the feed says of it; null: nothing. `after` is undefined for a
 * record that is removed.
 */
export type Arrival = {
  bill: XeroBill | null;
  before: RecordRow | undefined;
  after: RecordRow | undefined;
  told: 'new' | 'changed' | 'removed' | null;
};

/** `known`: its record, waiting, left out or accepted; undefined for a bill that was never met. */
export type Meeting = Arriving & { known: RecordRow | undefined; rule: BillRule };

/** Undefined where nothing is to be done. A bill that is known comes once, however often it is read. */
export function arrive(read: XeroBill, meeting: Meeting): Arrival | undefined {
  const { known } = meeting;
  const bill = findNewer(read, known);
  if (!known || isUndecided(known)) return arriveNew(bill, meeting);
  if (known.wanted === 'absent' && known.kind === 'bills') return undefined;
  const before = findBill(known.memory);
  if (isSameBill(before, bill)) return undefined;
  const isLost = isGone(bill);
  const after = known.kind === 'bills' ? change(known, bill, meeting) : changeAccepted(known, bill, meeting);
  // The CRM was not told of a bill that a person left out before it came.
  const told = known.state === 'excluded' ? null : isLost ? 'removed' : 'changed';
  return { bill: isLost ? null : bill, before: known, after, told };
}

/** Somebody else may have stored a later reading meanwhile. */
function findNewer(read: XeroBill, known: RecordRow | undefined): XeroBill {
  const stored = known && findBill(known.memory);
  return stored && stored.updatedAt > read.updatedAt ? stored : read;
}

/** A rule left it out, or it could not be read. So it is decided as if it were met for the first time. */
function isUndecided({ kind, state, code, details }: RecordRow): boolean {
  if (kind !== 'bills') return false;
  return code === 'unreadable' || (state === 'excluded' && parseRecordDetails(details).excluded?.by === 'rule');
}

function arriveNew(bill: XeroBill, meeting: Meeting): Arrival | undefined {
  const { known: before, rule } = meeting;
  if (isGone(bill)) return before && { bill: null, before, after: undefined, told: null };
  const leftOut = findLeftOut(bill, rule);
  if (leftOut === undefined) return { bill, before, after: toWaiting(bill, meeting), told: 'new' };
  const after = toLeftOut(bill, meeting, leftOut);
  const isSame = before?.state === 'excluded' && isSameBill(findBill(before.memory), bill) && isSameRule(before, after);
  return isSame ? undefined : { bill, before, after, told: null };
}

function isSameRule(...rows: readonly [RecordRow, RecordRow]): boolean {
  const [one, other] = rows.map(({ details }) => parseRecordDetails(details).excluded?.rule);
  return one === other;
}

/** One that waits for the CRM, or that a person left out. Nothing is left to accept when it is gone. */
function change(known: RecordRow, bill: XeroBill, { at, url }: Meeting): RecordRow {
  const details = { ...parseRecordDetails(known.details), ...describeTwin(bill, url) };
  const shown = { ...known, ...describeBill(bill), memory: keepBill(bill) };
  if (!isGone(bill)) return { ...shown, details: JSON.stringify(details) };
  const ended = { reason: null, problem: null, notes: [...details.notes, noteGone(bill.status, at)] };
  return {
    ...{ ...shown, wanted: 'absent', state: 'synced', code: null, stateSince: at, nextTryAt: null },
    details: JSON.stringify({ ...details, ...ended }),
  };
}

/** The CRM edits its copy as it likes. So only what Xero says of the bill is renewed. */
function changeAccepted(known: RecordRow, bill: XeroBill, { at, url }: Meeting): RecordRow {
  const details = { ...parseRecordDetails(known.details), ...describeTwin(bill, url) };
  const notes = isGone(bill) ? [...details.notes, noteGone(bill.status, at)] : details.notes;
  return { ...known, memory: keepBill(bill), details: JSON.stringify({ ...details, notes }) };
}

/** One that could not be read is told in the inbox, and tried again. What is known of it stays. */
export function setAside(
  { id }: UnreadableBill,
  { where, at, known }: Omit<Meeting, 'rule' | 'url'>,
): Arrival | undefined {
  if (id === null || (known && known.code !== 'unreadable')) return undefined;
  const row = known ?? toEmptyRow(id, { where, at });
  const problem = toProblem('unreadable', { message: problemWords.unreadable });
  const tries = row.tries + 1;
  const after: RecordRow = {
    ...{ ...row, state: 'problem', code: problem.code, tries },
    nextTryAt: new Date(Date.parse(at) + toRetryMs(tries)).toISOString(),
    details: JSON.stringify({ ...parseRecordDetails(row.details), problem }),
  };
  return { bill: null, before: known, after, told: null };
}
