import type { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { lookAt } from '../look/look.ts';
import { type Behind, splitNewNames, waitBehind } from '../look/new-names.ts';
import type { Candidate, Round } from '../round.ts';
import { toFailed, toFinding } from '../to-finding.ts';
import { addContacts } from './add-contacts.ts';
import { carryOut, type Ended } from './carry-out.ts';

type Worked = { ended: Ended[]; failure: AppError | undefined };

/**
 * Looks at records of one kind, and sends what is to be sent. A record whose new contact is named like one that is added
 * now, or that has the same number, is looked at again when that one is in Xero: it is the same one, or a question.
 */
export async function workOnOpen(
  round: Round,
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<Worked> {
  const all: Ended[] = [];
  let left = candidates;
  while (left.length > 0) {
    const { now, later } = splitNewNames(await lookAt(round, kind, left));
    const { ready, ended } = await addContacts(round, now);
    const sent = await carryOut(round, kind, ready);
    const before = [...ended, ...sent.ended];
    all.push(...before);
    if (sent.failure) return { ended: [...all, ...hold(later, sent.failure)], failure: sent.failure };
    const again = later.filter((one) => isKnown(round, one, before));
    all.push(...later.filter((one) => !again.includes(one)).map((one) => wait(round, kind, one)));
    left = candidates.filter(({ row }) => again.some(({ look }) => look.row.key === row.key));
  }
  return { ended: all, failure: undefined };
}

/** Whether Xero has the other one, or refused it. */
function isKnown({ contacts }: Round, { first }: Behind, ended: readonly Ended[]): boolean {
  if (first.of === 'contact' && contacts.findByName(first.name)) return true;
  const { type } = ended.find(({ planned }) => planned.row.key === first.by.key)?.finding.outcome ?? {};
  return type === 'problem' || (first.of === 'number' && type === 'synced');
}

function wait(round: Round, kind: SyncKind<PutKind>, behind: Behind): Ended {
  const planned = { ...behind.look, plan: waitBehind(behind) };
  const finding = toFinding(round, kind, planned);
  if (!finding) throw new Error('a record that waits has no finding');
  return { planned, finding };
}

function hold(later: readonly Behind[], failure: AppError): Ended[] {
  return later.map(({ look }) => ({ planned: look, finding: toFailed(look, failure) }));
}
