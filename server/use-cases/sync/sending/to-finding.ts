import type { XeroTwin } from '#server/xero/records/records.ts';
import type { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import type { KindNote, SyncKind, XeroElement } from '../kinds/kind.ts';
import { readText } from '../kinds/read-row.ts';
import type { Memory } from '../records/memory.ts';
import { nameRecord } from '../records/name-record.ts';
import { parseRecordDetails } from '../records/record-details.ts';
import { recordWords } from '../words/record-words.ts';
import { toWaitReason } from '../words/waits.ts';
import { toHold } from './hold-reasons.ts';
import { listNeedsOf } from './look/needed-rows.ts';
import type { Plan } from './look/plan.ts';
import type { Finding, Outcome, ShownTwin } from './outcome.ts';
import { toProblemCause, toRefusal } from './refusals.ts';
import type { Planned, Round } from './round.ts';
import { toName } from './save-findings.ts';
import { showTwin } from './show-twin.ts';
import { mergeAlso } from './write/also.ts';

type Notes = RecordSummary['notes'];

/** What follows from a plan that needs no call to Xero; undefined for a plan that does. */
export function toFinding(round: Round, kind: SyncKind<PutKind>, planned: Planned): Finding | undefined {
  const { plan, version, memory } = planned;
  const base = { version: version.version, memory };
  switch (plan.outcome) {
    case 'wait':
      return { ...base, outcome: { type: 'wait', ...plan } };
    case 'refuse':
      return {
        ...base,
        outcome: { type: 'problem', problem: plan.problem, blockedOn: toBlockedOn(kind, planned, plan) },
      };
    case 'ask':
      return {
        ...base,
        outcome: { type: 'question', question: plan.question },
        ...(plan.twin && { twin: show(round, kind, plan.twin) }),
      };
    case 'nothing':
      return toSynced(round, kind, planned, { twin: plan.twin, element: null, message: 'removed' });
    case 'adopt': {
      // What a person chose as it is in Xero was never sent, so that the next change asks before it overwrites that.
      const isChosen = kind.onFound === 'ask_number';
      const twin = isChosen ? { ...plan.twin, updatedAt: null } : plan.twin;
      return toSynced(round, kind, planned, { twin, element: plan.element, message: 'adopted' });
    }
    case 'same':
    case 'made': {
      const { twin, element, notes, outcome: message } = plan;
      return toSynced(round, kind, planned, { twin, element, notes, message });
    }
    default:
      return undefined;
  }
}

/** A problem with a record that this one names ends when that record changes. */
function toBlockedOn(
  kind: SyncKind<PutKind>,
  planned: Planned,
  { problem, blockedOn }: Extract<Plan, { outcome: 'refuse' }>,
): string | null {
  const named = listNeedsOf(kind, planned).find(({ path }) => path === problem.field);
  const hold = named && `record:${toName({ kind: named.kind, key: named.crmId })}`;
  return blockedOn ?? toProblemCause(problem) ?? hold ?? null;
}

export type Synced = {
  twin: XeroTwin | null;
  /** What Xero has of ours now; null: as it was. */
  element: XeroElement | null;
  notes?: readonly KindNote[];
  message: keyof typeof recordWords.done;
};

/** The record is in Xero as the CRM wants it. */
export function toSynced(
  round: Round,
  kind: SyncKind<PutKind>,
  { version, memory, row, follows }: Omit<Planned, 'plan'>,
  { twin, element, notes = [], message }: Synced,
): Finding {
  const { facts, contacts, acting } = round;
  const { deps } = acting;
  if (kind.resource === 'contact' && twin) noteContact(contacts, twin);
  const at = deps.clock.now().toISOString();
  const shown = twin && show(round, kind, twin);
  const by = memory.asked ?? { id: row.workspaceId, name: facts.workspaceName };
  const told = { action: 'sync', message: recordWords.done[message](kind.kind, nameRecord(row, twin?.number)) };
  return {
    version: version.version,
    outcome: memory.undoneBy
      ? leftOut(memory.undoneBy, at)
      : {
          ...{ type: 'synced', also: mergeAlso(parseRecordDetails(row.details).also, follows) },
          notes: keepNotes(row.details, notes, at),
        },
    memory: learnSent(memory, { version, twin, element }),
    ...(twin !== null && { twin: shown }),
    by,
    ...(message !== 'same' && { history: told }),
  };
}

/** What lists show of a twin. */
export function show({ facts, acting }: Round, { kind }: SyncKind<PutKind>, twin: XeroTwin): ShownTwin {
  const { appUrl } = acting.deps.config.xero;
  return showTwin(twin, { kind, appUrl, organisation: facts.organisation });
}

/** Records of this round may name the contact, or be named nearly as it is. */
export function noteContact(contacts: Round['contacts'], twin: XeroTwin): void {
  const { id, name, number, status } = twin;
  const known = contacts.findById(id);
  contacts.note({
    ...{ firstName: null, lastName: null, accountNumber: null, mergedToContactId: null },
    ...known,
    ...{ id, name: name ?? known?.name ?? '', contactNumber: number, isArchived: status === 'ARCHIVED' },
    email: readText(twin, 'EmailAddress') || (known?.email ?? null),
    taxNumber: readText(twin, 'TaxNumber') || (known?.taxNumber ?? null),
  });
}

/** A person took back the run that sent it. It stays left out until somebody includes it. */
function leftOut(user: { id: string; name: string }, at: string): Outcome {
  return { type: 'excluded', excluded: { by: 'person', rule: null, user, at } };
}

function learnSent(
  memory: Memory,
  { version, twin, element }: { version: Planned['version']; twin: XeroTwin | null; element: XeroElement | null },
): Memory {
  return {
    ...memory,
    sent: element === null ? memory.sent : { ...element },
    sentHash: version.dataHash,
    // What a person kept in Xero still differs from what was sent.
    updatedAt: element === null ? memory.updatedAt : (twin?.updatedAt ?? memory.updatedAt),
    answer: memory.answer && { ...memory.answer, isUsed: true },
    ...{ asked: null, leftOut: null, missingSince: null, isReset: false, forgotten: null, undoneBy: null },
  };
}

/** A note that was told before keeps its time. */
function keepNotes(details: string, notes: readonly KindNote[], at: string): Notes {
  const known = parseRecordDetails(details).notes;
  return notes.map(
    (note) => known.find(({ code, message }) => code === note.code && message === note.message) ?? { ...note, at },
  );
}

/** Nobody knows yet whether Xero has it. The next look searches first. */
export function toUnknown({ version, memory }: Pick<Planned, 'version' | 'memory'>): Finding {
  const reason = toWaitReason('outcome_unknown');
  return { version: version.version, memory, outcome: { type: 'wait', reason, blockedOn: null, afterMs: 60_000 } };
}

/** The call failed, so the record waits, or Xero refused this record. */
export function toFailed({ version, memory }: Pick<Planned, 'version' | 'memory'>, error: AppError): Finding {
  return { version: version.version, memory, outcome: toHold(error) ?? toProblem(error) };
}

function toProblem(error: AppError): Outcome {
  const problem = toRefusal(error);
  return { type: 'problem', problem, blockedOn: toProblemCause(problem) };
}

/** Whether a failure concerns every record of the organisation, so that nothing more is sent now. */
export function concernsAll(error: AppError): boolean {
  return toHold(error) !== undefined && error.code !== 'outcome_unknown';
}
