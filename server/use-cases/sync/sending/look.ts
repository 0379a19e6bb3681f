import { contactUrl } from '#server/xero/deep-links.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { KindFacts, Party, SyncKind } from '../kinds/kind.ts';
import { findFound, readOwnTwins } from './look-twins.ts';
import { listNeedsOf, type Needed, pending, readNeeded, toContactTwin } from './needed-rows.ts';
import { findUnmet } from './needs.ts';
import { type Plan, planRecord } from './plan.ts';
import type { Planned, Round, Subject } from './round.ts';

/** A record with its plan, and the contact that has to be made for it first. */
export type Look = Planned & { party?: Party; planAgain(): Plan };

/**
 * Looks at records of one kind: reads what the CRM and Xero have, in as few calls as possible, and decides what to do
 * with each. Writes nothing.
 */
export async function lookAt(round: Round, kind: SyncKind<PutKind>, subjects: readonly Subject[]): Promise<Look[]> {
  const needed = await readNeeded(round, kind, subjects);
  const now = round.acting.deps.clock.now();
  const judged = subjects.map((subject) => ({
    subject,
    unmet: findUnmet(listNeedsOf(kind, subject), {
      rows: needed.rows,
      memory: subject.memory,
      now,
      isDry: round.isDry,
    }),
  }));
  const ready = judged.flatMap(({ subject, unmet }) => (unmet ? [] : [subject]));
  const own = await readOwnTwins(round, kind, ready);
  const unknown = ready.filter((subject) => own.get(subject) === null);
  const found = await findFound(round, kind, unknown, (subject) => toFacts(round, { subject, needed, twin: null }));
  return judged.map(({ subject, unmet }): Look => {
    if (unmet) return { ...subject, ...unmet, follows: [], planAgain: () => unmet.plan };
    return planOne(round, kind, { subject, needed, twin: own.get(subject), found: found.get(subject) ?? [] });
  });
}

type Known = { subject: Subject; needed: Needed; twin: XeroTwin | null | undefined };
type One = Known & { found: readonly XeroTwin[] };

function planOne(round: Round, kind: SyncKind<PutKind>, given: One): Look {
  const one = { ...given, subject: takeChosenParty(round, kind, given) };
  const { subject, twin, found } = one;
  const { memory } = subject;
  const { version, row } = subject;
  const data = version.data ?? {};
  const facts = toFacts(round, one);
  const party = version.wanted === 'present' ? kind.findParty?.(data, facts) : undefined;
  const isNewParty = party !== undefined && findParty(round, subject, party.name) === undefined;
  const isNewContact = kind.resource === 'contact' && twin === null && found.length === 0;
  const named = isNewParty ? party : isNewContact ? readNamed(data) : undefined;
  const near = named && { name: named.name, contacts: round.contacts.listNear(named) };
  const planAgain = () => planRecord(kind, { version, memory, twin, found, near, facts });
  const plan = planAgain();
  const follows = version.wanted === 'present' ? (kind.listFollows?.(data, facts) ?? []) : [];
  return { row, version, memory, plan, planAgain, follows, ...(isNewParty && { party }) };
}

/** A person chose one of the similar contacts for a party that is only a name. That counts for later versions too. */
function takeChosenParty(round: Round, kind: SyncKind<PutKind>, one: One): Subject {
  const { subject } = one;
  const { answer } = subject.memory;
  const id = answer?.code === 'near_name' && answer.choice.startsWith('use:') ? answer.choice.slice(4) : undefined;
  const party = id && subject.version.data ? kind.findParty?.(subject.version.data, toFacts(round, one)) : undefined;
  if (!id || !party || !round.contacts.findById(id)) return subject;
  return { ...subject, memory: { ...subject.memory, party: { name: party.name, contactId: id } } };
}

function readNamed(data: object): { name: string; email?: string } {
  const name = 'name' in data && typeof data.name === 'string' ? data.name : '';
  return 'email' in data && typeof data.email === 'string' ? { name, email: data.email } : { name };
}

/** The contact for a party that is only a name: the one that a person chose, or the one of exactly this name. */
function findParty({ contacts }: Round, { memory }: Subject, name: string): XeroContactRow | undefined {
  const { party } = memory;
  const chosen = party?.name === name ? contacts.findById(party.contactId) : undefined;
  return chosen ?? contacts.findByName(name);
}

function toFacts(round: Round, { subject, needed, twin }: Known): KindFacts {
  const { organisation, today, lockDate, lists, mapping, rules, origins } = round.facts;
  const { appUrl } = round.acting.deps.config.xero;
  return {
    crmId: subject.version.crmId,
    twin: twin ?? undefined,
    isSharedTwin: false,
    ...{ organisation, today, lockDate, lists, mapping, rules, origins },
    choice: subject.memory.answer?.choice ?? null,
    twinOf: needed.twinOf,
    billOf: needed.billOf,
    // A contact that is not made yet is made before the record is sent.
    contactOf: (name) => {
      const row = findParty(round, subject, name);
      return row ? toContactTwin(row) : pending(name);
    },
    contactUrlOf: (id) => contactUrl(appUrl, organisation.shortCode, id),
  };
}
