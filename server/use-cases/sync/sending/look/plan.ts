import type { XeroContactRow } from '#server/xero/gateway.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordProblem, RecordQuestion } from '#shared/contract/sync/record.ts';
import type {
  Built,
  KindFacts,
  KindNote,
  KindQuestion,
  KindSearch,
  Removal,
  SyncKind,
  XeroElement,
} from '../../kinds/kind.ts';
import { listDifferences } from '../../kinds/list-differences.ts';
import type { RecordVersion } from '../../records/decide-record.ts';
import type { Memory } from '../../records/memory.ts';
import { noteKept } from '../../words/notes.ts';
import { toProblem } from '../../words/problems.ts';
import { askEdited, askGone, askNear, askNumber, askPaid, askSameName } from '../../words/questions.ts';
import { undoWords } from '../../words/undo-words.ts';
import type { WaitReason } from '../outcome.ts';
import { findAnswer, nameQuestion } from './name-question.ts';

/** What a look at a record decided, before anything is sent. A dry run shows it. */
export type Plan =
  | {
      outcome: 'make';
      element: XeroElement;
      notes: readonly KindNote[];
      within?: string | undefined;
      keys: readonly SearchKey[];
    }
  | { outcome: 'change'; element: XeroElement; twin: XeroTwin; notes: readonly KindNote[]; within?: string | undefined }
  /** Xero cannot change one: the old one is deleted, then a new one is made. */
  | { outcome: 'replace'; element: XeroElement; twin: XeroTwin; notes: readonly KindNote[]; keys: readonly SearchKey[] }
  /** A twin that we did not make. Nothing is sent. */
  | { outcome: 'adopt'; element: XeroElement; twin: XeroTwin }
  /** Xero has it so, or a person keeps what Xero has. */
  | { outcome: 'same'; element: XeroElement | null; twin: XeroTwin; notes: readonly KindNote[] }
  /** An earlier sending made it as it is wanted, though its row does not say so. */
  | { outcome: 'made'; element: XeroElement | null; twin: XeroTwin; notes: readonly KindNote[] }
  | {
      outcome: 'remove';
      twin: XeroTwin;
      removal: Exclude<Removal, { how: 'none' } | { problem: unknown } | { question: unknown }>;
    }
  /** Nothing is wanted, and Xero has nothing. */
  | { outcome: 'nothing'; twin: XeroTwin | null }
  | { outcome: 'ask'; question: RecordQuestion; twin: XeroTwin | null }
  /** `blockedOn`: what it waits for, where the problem does not say that. */
  | { outcome: 'refuse'; problem: RecordProblem; blockedOn?: string }
  | { outcome: 'wait'; reason: WaitReason; blockedOn: string | null; afterMs: number };

/** A name or number that the record can be found by in Xero. */
export type SearchKey = { by: KindSearch<PutKind>['by']; value: string };

/** One record, and everything that was read for it. */
export type KnownRecord<Kind extends PutKind = PutKind> = {
  version: RecordVersion<Kind>;
  memory: Memory;
  /** The twin as Xero has it now. Undefined: Xero has it no more. Null: the record never had one. */
  twin: XeroTwin | null | undefined;
  /** What Xero has under the record's own name or number, when it has no twin. */
  found: readonly XeroTwin[];
  /** What sync made of it before a reset, and Xero still has. */
  forgotten?: XeroTwin | undefined;
  /** Contacts of a similar name, when neither a twin nor an equal name was found. */
  near: { name: string; contacts: readonly XeroContactRow[] } | undefined;
  facts: KindFacts;
};

type Planning = KnownRecord & {
  kind: SyncKind<PutKind>;
  element: XeroElement;
  notes: readonly KindNote[];
  within?: string | undefined;
};

/** Decides from what was read. Sends and reads nothing. */
export function planRecord(kind: SyncKind<PutKind>, known: KnownRecord): Plan {
  const { version, twin } = known;
  const data = version.data ?? {};
  if (version.wanted === 'absent' || kind.isVoid?.(data)) return planRemoval(kind, known);
  const near = askAboutNear(known);
  if (near) return near;
  const built = buildAnswered(kind, known);
  if ('outcome' in built) return built;
  if ('problem' in built) return { outcome: 'refuse', problem: built.problem };
  if ('same' in built)
    return twin
      ? { outcome: 'same', element: null, twin, notes: built.notes ?? [] }
      : { outcome: 'nothing', twin: null };
  const { element, notes = [], within } = built;
  const planning = { ...known, kind, element, notes, within };
  if (twin === null) return planNew(planning);
  if (twin === undefined || isGone(twin)) return planGone(planning);
  return planChange(planning, twin);
}

/** Whether it is in no list of Xero's active records any more. */
export function isGone({ status }: Pick<XeroTwin, 'status'>): boolean {
  return status === 'DELETED' || status === 'VOIDED' || status === 'ARCHIVED';
}

type Unasked = Exclude<Built, { question: unknown }>;

/** A choice counts only for the very question that was answered, so that what moved since is asked about again. */
function buildAnswered(kind: SyncKind<PutKind>, known: KnownRecord): Unasked | Plan {
  const { version, twin = null, facts } = known;
  const data = version.data ?? {};
  const first: Built = kind.toXero(data, { ...facts, choice: null });
  if (!('question' in first)) return first;
  const question = nameQuestion(version, first.question);
  const choice = findAnswer(known, question);
  if (choice === 'keep_xero' && twin) return { outcome: 'same', element: null, twin, notes: [] };
  const built: Built = choice === undefined ? first : kind.toXero(data, { ...facts, choice });
  return 'question' in built ? { outcome: 'ask', question, twin } : built;
}

/** No contact is made while a question about its name is open. */
function askAboutNear(known: KnownRecord): Plan | undefined {
  const { version, near, twin } = known;
  if (!near || near.contacts.length === 0) return undefined;
  const question = nameQuestion(version, askNear(near.name, near.contacts));
  return findAnswer(known, question) === undefined ? { outcome: 'ask', question, twin: twin ?? null } : undefined;
}

/** Nothing that we know of is in Xero. What others made under its name or number is adopted, or asked about. */
function planNew(planning: Planning): Plan {
  const { kind, version, element, within, found, forgotten } = planning;
  const make = toMake(planning);
  const first = forgotten ?? found.find((twin) => kind.canBe?.(twin, { element, within }) ?? true);
  if (!first) return make;
  // After a reset, what has no name of its own to be found by is offered.
  const isOffered = forgotten !== undefined && kind.search.length === 0;
  if (kind.onFound === 'adopt' && !isOffered) return adoptUnlessDoubtful(planning, first);
  const question = nameQuestion(version, askNumber(first, listDifferences(kind.fields, element, first)));
  const isAdopted = findAnswer(planning, question) === 'adopt';
  return isAdopted ? { outcome: 'adopt', element, twin: first } : { outcome: 'ask', question, twin: null };
}

/** A contact of exactly this name, but with another tax number, may be another company. */
function adoptUnlessDoubtful(planning: Planning, twin: XeroTwin): Plan {
  const { kind, version, element } = planning;
  const adopt = { outcome: 'adopt', element, twin } as const;
  if (!kind.isDoubtful?.(twin, element)) return adopt;
  const question = nameQuestion(version, askSameName(twin, listDifferences(kind.fields, element, twin)));
  return findAnswer(planning, question) === undefined ? { outcome: 'ask', question, twin: null } : adopt;
}

function toMake({ kind, element, notes, within, version, facts }: Planning): Plan {
  return { outcome: 'make', element, notes, within, keys: listKeys(kind, { version, facts }) };
}

function listKeys(kind: SyncKind<PutKind>, { version, facts }: Pick<KnownRecord, 'version' | 'facts'>): SearchKey[] {
  return kind.search.flatMap(({ by, toValue }) => {
    const value = toValue(version.data ?? {}, facts);
    return value === undefined || value.trim() === '' ? [] : [{ by, value }];
  });
}

/** Somebody deleted, voided or archived it in Xero. It is made again only when a person asks. */
function planGone(planning: Planning): Plan {
  const { kind, version, memory, element, notes, within, twin = null } = planning;
  // We deleted it ourselves, to make another one.
  if (twin !== null && memory.gone.includes(twin.id)) return toMake(planning);
  const restored = twin?.status === 'ARCHIVED' ? kind.toRestore?.(twin) : undefined;
  const question = nameQuestion(version, askGone(twin ?? undefined, restored !== undefined));
  const choice = findAnswer(planning, question);
  if (choice === 'make_again') return toMake(planning);
  if (choice === 'restore' && twin && restored)
    return { outcome: 'change', element: { ...element, ...restored }, twin, notes, within };
  return { outcome: 'ask', question, twin };
}

function planChange(planning: Planning, twin: XeroTwin): Plan {
  const { kind, version, element, notes, within } = planning;
  const differences = listDifferences(kind.fields, element, twin);
  if (differences.length === 0) return { outcome: 'same', element, twin, notes };
  const asked = findObjection(planning, twin, differences);
  if (asked) {
    const question = nameQuestion(version, asked);
    const choice = findAnswer(planning, question);
    if (choice === 'keep_xero') return { outcome: 'same', element: null, twin, notes };
    if (choice !== 'send_crm') return { outcome: 'ask', question, twin };
  }
  if (kind.isReplaced) {
    return { outcome: 'replace', element, twin, notes, keys: listKeys(kind, planning) };
  }
  return { outcome: 'change', element, twin, notes, within };
}

/** What speaks against overwriting what Xero has. */
function findObjection(
  { kind, memory }: Planning,
  twin: XeroTwin,
  differences: RecordQuestion['differences'],
): KindQuestion | undefined {
  const reason = kind.isProtected?.(twin);
  if (reason) return askPaid(reason === 'is_reconciled' ? reason : 'change', { number: twin.number, differences });
  // The engine stored an element.
  const sent = memory.sent as XeroElement | null;
  const isEdited =
    sent !== null && twin.updatedAt !== memory.updatedAt && listDifferences(kind.fields, sent, twin).length > 0;
  return isEdited ? askEdited(differences) : undefined;
}

/** Why an undo cannot take back what a deletion in the CRM leaves in Xero. */
function findKept(removal: Removal, { number, name, id }: XeroTwin): string | undefined {
  if (!('how' in removal)) return undefined;
  if (removal.how === 'keep') return removal.note.message;
  return removal.how === 'leave_group' ? undoWords.isShared(name ?? number ?? id) : undefined;
}

function planRemoval(kind: SyncKind<PutKind>, known: KnownRecord): Plan {
  const { twin, facts, version, memory } = known;
  if (!twin || isGone(twin)) return { outcome: 'nothing', twin: twin ?? null };
  // What another record of the kind is too, stays as it is.
  const isShared = facts.sharedWith.includes(kind.kind);
  const removal: Removal = isShared ? { how: 'keep', note: noteKept('shared') } : kind.toRemoval(twin, facts);
  if ('problem' in removal) return { outcome: 'refuse', problem: removal.problem };
  const kept = memory.undoneBy === null ? undefined : findKept(removal, twin);
  if (kept !== undefined) return { outcome: 'refuse', problem: toProblem('xero_rejected', { message: kept }) };
  if (!('question' in removal)) {
    return removal.how === 'none' ? { outcome: 'nothing', twin } : { outcome: 'remove', twin, removal };
  }
  const question = nameQuestion(version, removal.question);
  if (findAnswer(known, question) === 'keep_xero') return { outcome: 'same', element: null, twin, notes: [] };
  return { outcome: 'ask', question, twin };
}
