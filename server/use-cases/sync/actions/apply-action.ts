import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordAction } from '#shared/contract/sync/actions.ts';
import { type RecordQuestion, recordStateSchema } from '#shared/contract/sync/record.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { decideRecord, isSent, type RecordVersion } from '../records/decide-record.ts';
import { formatMemory, type Memory, parseMemory } from '../records/memory.ts';
import { parseRecordDetails, type RecordDetails } from '../records/record-details.ts';
import { requestWords } from '../words/request-words.ts';
import { toWaitReason } from '../words/waits.ts';

type Person = { id: string; name: string };

/** `isForMany`: the same answer is given for many records, so only a choice that the question allows for all counts. */
export type Act = {
  action: RecordAction;
  choice?: string | undefined;
  questionId?: string | undefined;
  isForMany?: true;
};

/** `version`: what the CRM said last. `at`: now, as an instant. `planned`: the question that a dry run found. */
export type Acted = {
  row: RecordRow;
  version: RecordVersion;
  rules: Rules;
  by: Person;
  at: string;
  planned?: RecordQuestion | undefined;
};

/** In which states each action is possible. */
const possible: Readonly<Record<RecordAction, readonly string[]>> = {
  sync: ['changed', 'synced', 'problem', 'excluded'],
  retry: ['problem', 'waiting'],
  exclude: ['waiting', 'changed', 'problem', 'question', 'synced'],
  include: ['excluded'],
  answer: ['question'],
};

/**
 * The record after a person's action; undefined when the same answer was given before. Rejects with action_not_allowed
 * in a state where the action means nothing, question_changed when another question is open, and invalid_request for a
 * choice that the question does not offer.
 */
export function applyAction(act: Act, acted: Acted): RecordRow | undefined {
  const { row } = acted;
  const memory = parseMemory(row.memory);
  if (act.action === 'answer' && isAnswered(act, row, memory)) return undefined;
  if (acted.planned && row.state !== 'unsupported') return answerAhead(act, { ...acted, question: acted.planned });
  if (row.origin === 'xero' || !possible[act.action].includes(row.state)) throw notPossible(row);
  const { by, at } = acted;
  switch (act.action) {
    case 'sync':
      requireOn(acted);
      return queue(row, { ...memory, asked: by }, at);
    case 'retry':
      return queue(row, memory, at);
    case 'exclude':
      return leaveOut(row, { by, at });
    case 'include':
      return include(acted, memory);
    case 'answer':
      return answer(act, acted, memory);
  }
}

/** Says what stands in the way, and what to do instead. */
function notPossible({ origin, state, details }: RecordRow): AppError {
  const { problem, question } = parseRecordDetails(details);
  const own = state === 'unsupported' ? problem?.message : state === 'question' ? question?.message : undefined;
  const detail =
    origin === 'xero' ? requestWords.cameFromXero : (own ?? requestWords.notPossible[recordStateSchema.parse(state)]);
  return new AppError('action_not_allowed', { detail });
}

/** Nothing of a kind is sent while an admin has switched that off. */
function requireOn({ version: { kind }, rules }: Acted): void {
  if (!isSent(kind, rules)) throw new AppError('action_not_allowed', { detail: requestWords.directionOff });
}

/** Equal for an answer that was taken before, so that a repeated request does nothing. */
function isAnswered({ choice, questionId }: Act, row: RecordRow, { answer: given }: Memory): boolean {
  const { excluded } = parseRecordDetails(row.details);
  if (choice === leftOut && row.state === 'excluded' && excluded?.by === 'person') return true;
  return row.state !== 'question' && given?.about === questionId && given?.choice === choice;
}

const leftOut = 'leave_out';

const open = { reason: null, problem: null, question: null, excluded: null };

function change(row: RecordRow, shown: Partial<RecordDetails>, more: Partial<RecordRow>, at: string): RecordRow {
  const details = JSON.stringify({ ...parseRecordDetails(row.details), ...open, ...shown });
  const stateSince = more.state === undefined || more.state === row.state ? row.stateSince : at;
  return { ...row, ...more, code: more.code ?? null, blockedOn: null, stateSince, details };
}

function queue(row: RecordRow, memory: Memory, at: string): RecordRow {
  const reason = toWaitReason('queued');
  const more = { state: 'waiting', code: reason.code, nextTryAt: at, tries: 0, memory: formatMemory(memory) };
  return change(row, { reason }, more, at);
}

function leaveOut(row: RecordRow, { by, at }: { by: Person; at: string }): RecordRow {
  const excluded = { by: 'person' as const, rule: null, user: by, at };
  return change(row, { excluded }, { state: 'excluded', nextTryAt: null }, at);
}

/** The rules decide again. A rule that left it out is passed, because a person asks for it. */
function include({ row, version, rules, by, at }: Acted, memory: Memory): RecordRow {
  const { excluded } = parseRecordDetails(row.details);
  const asked = excluded?.by === 'rule' ? by : memory.asked;
  const known = change(row, {}, { state: 'excluded', memory: formatMemory({ ...memory, asked }) }, at);
  const decided = decideRecord(version, { where: row, known, at, rules });
  // Nothing is newer than what was sent, so no person has to decide. A look tells whether Xero still has it.
  const isSent = decided.state === 'changed' && row.sentVersion === version.version;
  return isSent ? queue(known, { ...memory, asked }, at) : decided;
}

function answer(act: Act, acted: Acted, memory: Memory): RecordRow {
  const { row, by, at } = acted;
  const { question } = parseRecordDetails(row.details);
  if (!question || question.id !== act.questionId) throw new AppError('question_changed');
  const given = remember(memory, toAnswer(act, question, acted), row);
  const isOut = given.answer?.choice === leftOut;
  return isOut ? leaveOut({ ...row, memory: formatMemory(given) }, { by, at }) : queue(row, given, at);
}

/** The record stands as it did. The answer counts when the record is sent. */
function answerAhead(act: Act, acted: Acted & { question: RecordQuestion }): RecordRow {
  const { row, by, at, question } = acted;
  const answer = toAnswer(act, question, acted);
  const after = { ...row, memory: formatMemory(remember(parseMemory(row.memory), answer, row)) };
  return answer.choice === leftOut ? leaveOut(after, { by, at }) : after;
}

type Answer = NonNullable<Memory['answer']>;

/** A twin that is to be made again is never taken for the record again, and the write of the next one is another one. */
function remember(memory: Memory, answer: Answer, { xeroId }: RecordRow): Memory {
  const isAgain = answer.choice === 'make_again' && xeroId !== null && !memory.gone.includes(xeroId);
  return { ...memory, answer, gone: isAgain ? [...memory.gone, xeroId] : memory.gone };
}

function toAnswer({ choice, isForMany }: Act, question: RecordQuestion, { version }: Acted): Answer {
  const chosen = question.choices.find(({ id }) => id === choice);
  if (!chosen) throw new AppError('invalid_request', { errors: [{ path: 'choice', message: requestWords.noChoice }] });
  if (isForMany && !chosen.forAll) throw new AppError('action_not_allowed', { detail: requestWords.notForAll });
  const { dataHash } = version;
  return { code: question.code, choice: chosen.id, about: question.id, dataHash, isUsed: false };
}
