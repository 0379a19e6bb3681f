import type { WriteRow } from '#server/store/store.ts';
import { resolveMany } from '#server/use-cases/writes/many/resolve-many.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { askSeveral } from '../../words/questions.ts';
import { toWaitReason } from '../../words/waits.ts';
import { toHold } from '../hold-reasons.ts';
import type { Round, Subject } from '../round.ts';
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
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Subject, Earlier>> {
  const { deps, caller } = acting;
  const type = syncKindTable[kind.kind].type;
  const known = new Map<Subject, Earlier>();
  const without = subjects.filter(({ row }) => row.xeroId === null);
  if (without.length === 0) return known;
  const records = without.map(({ version }) => ({ type, id: version.crmId }));
  const writes = await deps.store.writes.listOfRecords(caller.workspaceId, caller.organisationId, records);
  const own = writes.filter((write) => write.kind === toWriteKind(kind) && write.state !== 'refused');
  const open = own.filter(({ state }) => state !== 'done');
  // A dry run writes nothing, not even what it would find out.
  const outcomes = isDry ? [] : await resolveMany(acting, buildRecordHandler(acting, kind), open);
  for (const subject of without) {
    const ofRecord = own.filter(({ record }) => record.id === subject.version.crmId);
    for (const write of ofRecord) {
      const earlier = toEarlier(subject, write, outcomes[open.indexOf(write)]);
      if (earlier) known.set(subject, earlier);
    }
  }
  const unknown = without.filter((subject) => !known.has(subject) && subject.version.data !== null);
  for (const [subject, earlier] of await findLost(acting, kind, unknown)) known.set(subject, earlier);
  return known;
}

/**
 * A database that was restored from a copy does not know what was sent after the copy was made. Until everything was
 * sent again, records are searched for in Xero by their mark before a new one is made.
 */
async function findLost(
  { deps, caller }: Round['acting'],
  kind: SyncKind<PutKind>,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Subject, Earlier>> {
  const found = new Map<Subject, Earlier>();
  const { mark, resource } = kind;
  const since = mark && subjects.length > 0 ? await deps.store.records.findMissingSince() : null;
  if (!mark || since === null) return found;
  const marked = subjects.map((subject) => ({ subject, text: toRecordMark(kind, caller, subject) ?? '' }));
  const values = marked.map(({ text }) => text);
  const from = new Date(Date.parse(since) - slackMs).toISOString();
  const { twins, isWhole } = await deps.xero.findRecords(caller, { resource, by: mark.by, values, since: from });
  for (const { subject, text } of marked) {
    const twin = twins.find((one) => isMarked(mark.by, one, text));
    if (twin) found.set(subject, { xeroId: twin.id });
    else if (!isWhole) found.set(subject, { plan: waitForOutcome() });
  }
  return found;
}

/** Clocks differ, and a copy takes a while. */
const slackMs = 10 * 60_000;

export function toWriteKind({ kind }: Pick<SyncKind<PutKind>, 'kind'>): string {
  return `sync:${kind}`;
}

type Resolved = Awaited<ReturnType<typeof resolveMany<XeroTwin>>>[number] | undefined;

function toEarlier(subject: Subject, write: WriteRow, resolved: Resolved): Earlier | undefined {
  const { memory, version } = subject;
  if (write.state === 'done') return toMade(subject, write.documentId);
  if (resolved?.outcome === 'done') return toMade(subject, resolved.made.id);
  if (resolved?.outcome === 'not_made') return undefined;
  if (resolved?.outcome === 'undecided') {
    const question = nameQuestion(version, askSeveral(resolved.made));
    const choice = findAnswer(memory, question);
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
function toMade({ memory }: Subject, id: string | null): Earlier | undefined {
  return id === null || memory.gone.includes(id) ? undefined : { xeroId: id };
}
