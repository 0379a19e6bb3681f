import type { WriteRow } from '#server/store/store.ts';
import type { CallWriteRow } from '#server/store/tables/writes/many-write-store.ts';
import { AppError } from '#shared/app-error.ts';
import { judgeFailure, withProof } from '../judge-failure.ts';
import { toLease } from '../leases.ts';
import { buildSendGate } from '../send-gate.ts';
import { toRefusedClosing } from '../write-closing.ts';
import { toOutcomeUnknown, withWrite } from '../write-handler.ts';
import type { RowAnswer } from './many-handler.ts';
import { type End, endMany, type Round } from './many-round.ts';
import { isSettled, planCalls, settledAfterMs, toCallKey, toHalves } from './plan-calls.ts';
import { searchMany, toDoneEnd } from './search-many.ts';

/** Searches for what was sent before, then sends what is certainly not in Xero. */
export async function findOrSendMany<T>(round: Round<T>, held: readonly CallWriteRow[]): Promise<void> {
  const nowMs = round.acting.deps.clock.now().getTime();
  const { perCall } = round.handler;
  const absent = await searchMany(round, held.filter(wasSent));
  const sendable = [...held.filter((write) => !wasSent(write)), ...absent];
  const { calls, early } = planCalls(sendable, { nowMs, ...(perCall !== undefined && { perCall }) });
  for (const write of early) tellEarly(round, write);
  for (const call of calls) await sendCall(round, call);
}

/** Searches for what was sent before, and closes what certainly is not in Xero. Nothing is sent. */
export async function findOrGiveUpMany<T>(round: Round<T>, held: readonly CallWriteRow[]): Promise<void> {
  const { acting, handler, owner } = round;
  const nowMs = acting.deps.clock.now().getTime();
  const absent = await searchMany(round, held.filter(wasSent));
  const [settled, early] = [true, false].map((is) => absent.filter((write) => isSettled(write, nowMs) === is));
  for (const write of early ?? []) tellEarly(round, write);
  const givenUp = [...held.filter((write) => !wasSent(write)), ...(settled ?? [])];
  const toEnd = (write: WriteRow): End<T> => {
    const { audit, ...closing } = toRefusedClosing(acting, handler, { write, owner }, { code: 'not_made' });
    const isTold = wasSent(write) && audit !== undefined;
    return { write, closing: { ...closing, ...(isTold && { audit }) }, outcome: { outcome: 'not_made' } };
  };
  await endMany(round, givenUp.map(toEnd));
}

function wasSent({ sentAt }: WriteRow): boolean {
  return sentAt !== null;
}

/** Its request may still be on its way, where no search sees it. */
function tellEarly<T>({ outcomes }: Round<T>, write: WriteRow): void {
  const { details } = toOutcomeUnknown(write);
  const error = new AppError('outcome_unknown', { ...details, retryAfterSeconds: settledAfterMs / 1000 });
  outcomes.set(write.id, { outcome: 'unknown', error });
}

/** `writes` are as they were before this sending: `sentAt` tells of an earlier one. */
async function sendCall<T>(round: Round<T>, writes: readonly CallWriteRow[]): Promise<void> {
  const { deps, caller } = round.acting;
  const ids = writes.map(({ id }) => id);
  const key = toCallKey(writes);
  let isMarked = false;
  const gate = buildSendGate(deps.clock, async () => {
    isMarked = true;
    const ours = await deps.store.writes.markManySent(ids, { key, lease: toLease(deps, round.owner) });
    return ours.length === ids.length;
  });
  const answers = await round.handler
    .send(writes, { caller: { ...caller, gate }, idempotencyKey: key })
    .then((given) => toFullAnswer(given, writes))
    .catch((error: unknown) => {
      if (error instanceof AppError) return withProof(error, { isMarked });
      throw error;
    });
  if (!(answers instanceof AppError)) return endAnswers(round, answers);
  if (isMarked) await forgetSending(round, writes, answers);
  return endFailedCall(round, writes, answers);
}

type Answered<T> = { write: CallWriteRow; answer: RowAnswer<T> };

/** With a row too few or too many, nobody can tell which answer belongs to which row. */
function toFullAnswer<T>(answers: readonly RowAnswer<T>[], writes: readonly CallWriteRow[]): Answered<T>[] | AppError {
  const paired = writes.flatMap((write, index) => {
    const answer = answers[index];
    return answer ? [{ write, answer }] : [];
  });
  return paired.length === writes.length && answers.length === writes.length
    ? paired
    : new AppError('xero_invalid_answer');
}

async function endAnswers<T>(round: Round<T>, answered: readonly Answered<T>[]): Promise<void> {
  const ends: End<T>[] = [];
  const refusals: Refusal[] = [];
  for (const { write, answer } of answered) {
    if (answer.outcome === 'done') ends.push(toDoneEnd(round, write, answer.made));
    else if (answer.outcome === 'refused') refusals.push({ write, error: toRefusal(answer.error) });
    else round.outcomes.set(write.id, { outcome: 'unknown', error: withWrite(answer.error, write) });
  }
  await endMany(round, ends);
  await endRefusals(round, refusals);
}

type Refusal = { write: CallWriteRow; error: AppError };

/** A row that Xero refused was not done, unless its error says otherwise. */
function toRefusal(error: AppError): AppError {
  const { proof = 'refused' } = error.details;
  return new AppError(error.code, { ...error.details, proof });
}

/** A refusal such as "must be unique" may be caused by our own earlier sending, so that is searched for. */
async function endRefusals<T>(round: Round<T>, refusals: readonly Refusal[]): Promise<void> {
  const { acting, handler, owner } = round;
  const verdicts = refusals.map((refusal) => ({ ...refusal, verdict: judgeFailure(refusal.error, refusal.write) }));
  const doubted = verdicts.filter(({ verdict }) => verdict === 'refused_unless_found').map(({ write }) => write);
  const absent = await searchMany(round, doubted);
  const isOver = ({ write, verdict }: (typeof verdicts)[number]) => verdict === 'refused' || absent.includes(write);
  const toEnd = ({ write, error }: Refusal): End<T> => ({
    ...{ write, closing: toRefusedClosing(acting, handler, { write, owner }, error) },
    outcome: { outcome: 'refused', error },
  });
  await endMany(round, verdicts.filter(isOver).map(toEnd));
}

async function endFailedCall<T>(round: Round<T>, writes: readonly CallWriteRow[], error: AppError): Promise<void> {
  const { proof } = error.details;
  if (proof === undefined) {
    for (const write of writes) round.outcomes.set(write.id, { outcome: 'unknown', error: withWrite(error, write) });
  } else if (proof === 'not_done') endNotDone(round, writes, error);
  else if (writes.length > 1) await splitCall(round, writes, error);
  else
    await endRefusals(
      round,
      writes.map((write) => ({ write, error })),
    );
}

function endNotDone<T>(round: Round<T>, writes: readonly CallWriteRow[], error: AppError): void {
  for (const write of writes) {
    const isNothingDone = judgeFailure(error, write) === 'refused';
    const outcome = isNothingDone
      ? ({ outcome: 'not_sent', error } as const)
      : ({ outcome: 'unknown', error: withWrite(error, write) } as const);
    round.outcomes.set(write.id, outcome);
  }
}

/** Xero refused the call because of one of its rows. Halves are sent alone until that row is. */
async function splitCall<T>(round: Round<T>, writes: readonly CallWriteRow[], error: AppError): Promise<void> {
  const isDoubted = (write: WriteRow) => judgeFailure(error, write) !== 'refused';
  const absent = await searchMany(round, writes.filter(isDoubted));
  const left = writes.filter((write) => !isDoubted(write) || absent.includes(write));
  for (const half of toHalves(left)) await sendCall(round, half);
}

/** Where it is proved that this sending did nothing, what was never sent before need not be searched for. */
async function forgetSending<T>(
  { acting, owner }: Round<T>,
  writes: readonly WriteRow[],
  { details: { proof } }: AppError,
): Promise<void> {
  if (proof !== 'refused' && proof !== 'not_done') return;
  const ids = writes.filter((write) => !wasSent(write)).map(({ id }) => id);
  await acting.deps.store.writes.markUnsent(ids, owner);
}
