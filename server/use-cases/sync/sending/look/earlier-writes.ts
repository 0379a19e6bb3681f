import type { WriteRow } from '#server/store/store.ts';
import { resolveMany } from '#server/use-cases/writes/many/resolve-many.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { askSeveral } from '../../words/questions.ts';
import { toWaitReason } from '../../words/waits.ts';
import { toHold } from '../hold-reasons.ts';
import type { Candidate, Round } from '../round.ts';
import { buildRecordHandler } from '../write/record-handler.ts';
import { findAnswer, nameQuestion } from './name-question.ts';
import type { Plan } from './plan.ts';
import { isMarked, toRecordMark } from './record-mark.ts';

/** A record of which an earlier sending is not settled, or whose twin was made though its row does not say so. */
export type Earlier = { plan: Plan } | { xeroId: string };

/**
 * What earlier sendings made of records without a twin: an answer was lost, or the process died before the row was
 * saved. Nothing is sent for a record while this is unknown, whatever version it has now.
 */
export async function resolveEarlier(
  { acting, isDry }: Round,
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, Earlier>> {
  const { deps, caller } = acting;
  const type = syncKindTable[kind.kind].type;
  const known = new Map<Candidate, Earlier>();
  const without = candidates.filter(({ row }) => row.xeroId === null);
  if (without.length === 0) return known;
  const records = without.map(({ version }) => ({ type, id: version.crmId }));
  const writes = await deps.store.writes.listOfRecords(caller.workspaceId, caller.organisationId, records);
  const own = writes.filter((write) => write.kind === toWriteKind(kind) && write.state !== 'refused');
  const open = own.filter(({ state }) => state !== 'done');
  // A dry run writes nothing, not even what it would find out.
  const outcomes = isDry ? [] : await resolveMany(acting, buildRecordHandler(acting, kind), open);
  for (const candidate of without) {
    const ofRecord = own.filter(({ record }) => record.id === candidate.version.crmId);
    for (const write of ofRecord) {
      const earlier = toEarlier(candidate, write, outcomes[open.indexOf(write)]);
      if (earlier) known.set(candidate, earlier);
    }
    // What a reset forgot may be a document that sync did not make.
    const forgotten = known.has(candidate) ? undefined : toMade(candidate, candidate.memory.forgotten);
    if (forgotten) known.set(candidate, forgotten);
  }
  const unknown = without.filter((candidate) => !known.has(candidate) && candidate.version.data !== null);
  for (const [candidate, earlier] of await findLost(acting, kind, unknown)) known.set(candidate, earlier);
  return known;
}

/**
 * A database that was restored from a copy does not know what was sent after the copy was made. Until everything was
 * sent again, records are searched for in Xero by their mark before a new one is made.
 */
async function findLost(
  { deps, caller }: Round['acting'],
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, Earlier>> {
  const found = new Map<Candidate, Earlier>();
  const { mark, resource } = kind;
  const since = mark && candidates.length > 0 ? await deps.store.records.findMissingSince() : null;
  if (!mark || since === null) return found;
  const marked = candidates.map((candidate) => ({ candidate, text: toRecordMark(kind, caller, candidate) ?? '' }));
  const values = marked.map(({ text }) => text);
  const from = new Date(Date.parse(since) - slackMs).toISOString();
  const { twins, isWhole } = await deps.xero.findRecords(caller, { resource, by: mark.by, values, since: from });
  for (const { candidate, text } of marked) {
    const twin = twins.find((one) => isMarked(mark.by, one, text));
    if (twin) found.set(candidate, { xeroId: twin.id });
    else if (!isWhole) found.set(candidate, { plan: waitForOutcome() });
  }
  return found;
}

/** Clocks differ, and a copy takes a while. */
const slackMs = 10 * 60_000;

export function toWriteKind({ kind }: Pick<SyncKind<PutKind>, 'kind'>): string {
  return `sync:${kind}`;
}

type Resolved = Awaited<ReturnType<typeof resolveMany<XeroTwin>>>[number] | undefined;

function toEarlier(candidate: Candidate, write: WriteRow, resolved: Resolved): Earlier | undefined {
  const { version } = candidate;
  if (write.state === 'done') return toMade(candidate, write.documentId);
  if (resolved?.outcome === 'done') return toMade(candidate, resolved.made.id);
  if (resolved?.outcome === 'not_made') return undefined;
  if (resolved?.outcome === 'undecided') {
    const question = nameQuestion(version, askSeveral(resolved.made));
    const choice = findAnswer(candidate, question);
    if (choice?.startsWith('adopt:')) return { xeroId: choice.slice('adopt:'.length) };
    if (choice !== 'send') return { plan: { outcome: 'ask', question, twin: null } };
    return undefined;
  }
  return { plan: waitForOutcome(resolved?.outcome === 'unknown' ? toHold(resolved.error) : undefined) };
}

function waitForOutcome(hold?: ReturnType<typeof toHold>): Plan {
  const reason = toWaitReason('outcome_unknown');
  return { outcome: 'wait', reason, blockedOn: hold?.blockedOn ?? null, afterMs: hold?.afterMs ?? 60_000 };
}

/** A twin that a person asked to replace is not taken again. */
function toMade({ memory }: Candidate, id: string | null): Earlier | undefined {
  return id === null || memory.gone.includes(id) ? undefined : { xeroId: id };
}
