import type { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import type { Plan } from '../look/plan.ts';
import type { Finding } from '../outcome.ts';
import type { Planned, Round } from '../round.ts';
import { toFailed, toFinding } from '../to-finding.ts';
import { changeRecords } from './change-records.ts';
import { makeRecords } from './make-records.ts';
import { removeRecords } from './remove-records.ts';
import { replaceRecords } from './replace-records.ts';

export type Ended = { planned: Planned; finding: Finding };
export type PlannedAs<Outcome extends Plan['outcome']> = Omit<Planned, 'plan'> & {
  plan: Extract<Plan, { outcome: Outcome }>;
};

type Sent = { ended: Ended[]; failure: AppError | undefined };
type Send = (round: Round, kind: SyncKind<PutKind>, planned: readonly Planned[]) => Promise<Sent>;

function only<Outcome extends Plan['outcome']>(
  outcome: Outcome,
  send: (round: Round, kind: SyncKind<PutKind>, planned: readonly PlannedAs<Outcome>[]) => Promise<Sent>,
): Send {
  const isIt = (one: Planned): one is Planned & PlannedAs<Outcome> => one.plan.outcome === outcome;
  return (round, kind, planned) => send(round, kind, planned.filter(isIt));
}

/** In this order: what is removed frees names and numbers for what is made. */
const senders: readonly Send[] = [
  only('remove', removeRecords),
  only('replace', replaceRecords),
  only('change', changeRecords),
  only('make', makeRecords),
];

/**
 * Does what was planned for records of one kind. A failure that concerns the whole organisation holds the rest, and is
 * returned, so that the round ends.
 */
export async function carryOut(round: Round, kind: SyncKind<PutKind>, planned: readonly Planned[]): Promise<Sent> {
  const told = planned.flatMap((one): Ended[] => {
    const finding = toFinding(round, kind, one);
    return finding ? [{ planned: one, finding }] : [];
  });
  const sent: Sent = { ended: told, failure: undefined };
  for (const send of senders) {
    if (sent.failure) break;
    const { ended, failure } = await send(round, kind, planned);
    sent.ended.push(...ended);
    sent.failure = failure;
  }
  const { failure } = sent;
  if (!failure) return sent;
  const done = new Set(sent.ended.map(({ planned: one }) => one.row.key));
  const held = planned.filter(({ row }) => !done.has(row.key));
  return { failure, ended: [...sent.ended, ...held.map((one) => ({ planned: one, finding: toFailed(one, failure) }))] };
}
