import { isRefusedElement } from '#server/xero/answers/is-xero-refusal.ts';
import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import { readList } from '#server/xero/answers/read-list.ts';
import { listElementMessages } from '#server/xero/answers/rejections.ts';
import { toRecordRejection } from '#server/xero/answers/row-rejection.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import type { AppError } from '#shared/app-error.ts';
import { askForRecords } from './call-errors.ts';
import { matchRows } from './match-rows.ts';
import { parseTwin } from './parse-twin.ts';
import type { RecordsWrite, RowAnswer, XeroResource, XeroTwin } from './records.ts';
import { recordsPerCall, resources } from './resources.ts';
import { addCategory } from './tracking-rows.ts';
import { toWriteQuestion, type WriteMode } from './write-questions.ts';

export function createRecords(deps: Reading, caller: XeroCaller, write: RecordsWrite): Promise<RowAnswer<XeroTwin>[]> {
  return writeRecords(deps, caller, 'create', write);
}

export function updateRecords(deps: Reading, caller: XeroCaller, write: RecordsWrite): Promise<RowAnswer<XeroTwin>[]> {
  return writeRecords(deps, caller, 'update', write);
}

async function writeRecords(
  deps: Reading,
  caller: XeroCaller,
  mode: WriteMode,
  write: RecordsWrite,
): Promise<RowAnswer<XeroTwin>[]> {
  const { resource, elements } = write;
  const most = recordsPerCall[resource];
  if (elements.length === 0 || elements.length > most) throw new Error(`1 to ${most} elements in a call, please`);
  const answer = await askForRecords(deps, caller, toWriteQuestion(mode, write), elements.length);
  return readAnswers(deps, mode, write, answer);
}

function readAnswers(
  { noteSetAside }: Reading,
  mode: WriteMode,
  { resource, elements, within }: RecordsWrite,
  answer: XeroAnswer,
): RowAnswer<XeroTwin>[] {
  const { list, member, id } = resources[resource];
  const rows = readList(answer, member, id).rows.map((row) => addCategory(resource, row, within));
  const faults: string[] = [];
  const answers = matchRows(resource, elements, rows).map((row): RowAnswer<XeroTwin> => {
    if (row === undefined) return unknown('no row for what was sent');
    if (isRefusedElement(row, id)) return { outcome: 'refused', error: toRefusal(mode, resource, row) };
    const { twin, fault } = parseTwin(resource, row);
    if (twin) return { outcome: 'done', made: twin };
    faults.push(fault);
    return unknown(fault);
  });
  noteSetAside(list, faults);
  return separateTwins(answers);
}

function unknown(reason: string): RowAnswer<never> {
  return { outcome: 'unknown', error: invalidAnswer(reason) };
}

/**
 * A new row with an error and without an id was not made. With an id, Xero may have made it all the same: its own
 * examples show errors beside "OK".
 */
function toRefusal(mode: WriteMode, resource: XeroResource, row: unknown): AppError {
  const isMade = mode === 'create' && parseTwin(resource, row).twin !== undefined;
  const proof = isMade ? 'refused_unless_found' : 'refused';
  return toRecordRejection(listElementMessages(row), proof);
}

/** Two elements cannot both have become the same record of Xero. */
function separateTwins(answers: readonly RowAnswer<XeroTwin>[]): RowAnswer<XeroTwin>[] {
  const ids = answers.flatMap((answer) => (answer.outcome === 'done' ? [answer.made.id] : []));
  const isShared = (id: string) => ids.indexOf(id) !== ids.lastIndexOf(id);
  return answers.map((answer) =>
    answer.outcome === 'done' && isShared(answer.made.id) ? unknown('one record for several that were sent') : answer,
  );
}
