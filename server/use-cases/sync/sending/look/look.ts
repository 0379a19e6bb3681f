import { contactUrl } from '#server/xero/deep-links.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { NamedContact } from '#shared/contact-names.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { KindFacts, Need, Party, SyncKind } from '../../kinds/kind.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import type { Planned, Round, Subject } from '../round.ts';
import { type Earlier, resolveEarlier } from './earlier-writes.ts';
import { findFound, readOwnTwins } from './look-twins.ts';
import { listNeedsOf, type Needed, pending, readNeeded, toContactTwin } from './needed-rows.ts';
import { findUnmet } from './needs.ts';
import { type Plan, planRecord } from './plan.ts';

/** `contact`: the new contact that the record is or names. `party`: it has to be made before the record is sent. */
export type Look = Planned & { contact?: NamedContact; party?: Party; planAgain(): Plan };

/**
 * Looks at records of one kind: reads what the CRM and Xero have, in as few calls as possible, and decides what to do
 * with each. Writes nothing.
 */
export async function lookAt(round: Round, kind: SyncKind<PutKind>, subjects: readonly Subject[]): Promise<Look[]> {
  const needed = await readNeeded(round, kind, subjects);
  const now = round.acting.deps.clock.now();
  const judged = subjects.map((subject) => ({
    subject,
    unmet: findUnmet(listUnmapped(round, kind, subject), {
      rows: needed.rows,
      memory: subject.memory,
      now,
      isDry: round.isDry,
    }),
  }));
  const ready = judged.flatMap(({ subject, unmet }) => (unmet ? [] : [subject]));
  const earlier = await resolveEarlier(round, kind, ready);
  const owners = new Map(ready.map((subject) => [subject, takeMade(subject, earlier.get(subject))]));
  const own = await readOwnTwins(round, kind, [...owners.values()]);
  const unknown = [...owners.values()].filter((subject) => own.get(subject) === null);
  const found = await findFound(round, kind, unknown, (subject) => toFacts(round, { subject, needed, twin: null }));
  await followParties(round, kind, { subjects: [...owners.values()], needed });
  await readTerms(round, kind, { subjects: [...owners.values()], needed });
  return judged.map(({ subject, unmet }): Look => {
    if (unmet) return toSettled(subject, unmet);
    const before = earlier.get(subject);
    if (before && 'plan' in before) return toSettled(subject, { plan: before.plan, memory: subject.memory });
    const owner = owners.get(subject) ?? subject;
    if (!own.has(owner)) return toSettled(subject, { plan: refuseUnreadable(), memory: subject.memory });
    const look = planOne(round, kind, { subject: owner, needed, twin: own.get(owner), found: found.get(owner) ?? [] });
    return before ? { ...look, plan: toMade(look.plan), planAgain: () => toMade(look.planAgain()) } : look;
  });
}

/** What an earlier sending made counts as made now. A run that a killed process began can then be undone whole. */
function toMade(plan: Plan): Plan {
  return plan.outcome === 'same' ? { ...plan, outcome: 'made' } : plan;
}

/** A party that is only a name may have been merged into another contact in Xero. */
async function followParties(
  round: Round,
  kind: SyncKind<PutKind>,
  { subjects, needed }: { subjects: readonly Subject[]; needed: Needed },
): Promise<void> {
  const { acting, contacts } = round;
  const ids = subjects.flatMap((subject) => {
    const { data, wanted } = subject.version;
    const facts = toFacts(round, { subject, needed, twin: null });
    const party = wanted === 'present' && data ? kind.findParty?.(data, facts) : undefined;
    return (party && findParty(round, subject, party.name)?.id) ?? [];
  });
  await contacts.followMerges(acting.caller, ids);
}

/** A document without a due date is due by its contact's own terms. */
async function readTerms(
  round: Round,
  kind: SyncKind<PutKind>,
  { subjects, needed }: { subjects: readonly Subject[]; needed: Needed },
): Promise<void> {
  if (kind.resource !== 'invoice') return;
  const undated = subjects.filter(
    ({ version: { data, wanted } }) => wanted === 'present' && data && !('dueDate' in data),
  );
  const ids = undated.flatMap((subject) => {
    const facts = toFacts(round, { subject, needed, twin: null });
    const party = subject.version.data ? kind.findParty?.(subject.version.data, facts) : undefined;
    const named = party && findParty(round, subject, party.name)?.id;
    const owners = listNeedsOf(kind, subject).map((need) => needed.twinOf(need.kind, need.crmId)?.id);
    return [named, ...owners].filter((id) => id !== undefined && round.contacts.findById(id) !== undefined);
  });
  await round.contacts.readWhole(
    round.acting.caller,
    ids.filter((id) => id !== undefined),
  );
}

function toSettled(subject: Subject, { plan, memory }: { plan: Plan; memory: Subject['memory'] }): Look {
  return { ...subject, memory, plan, follows: [], planAgain: () => plan };
}

/** A twin that an earlier sending made, though the record's row does not say so. */
function takeMade(subject: Subject, earlier: Earlier | undefined): Subject {
  if (!earlier || 'plan' in earlier) return subject;
  return { ...subject, row: { ...subject.row, xeroId: earlier.xeroId } };
}

/** What cannot be read is neither sent again nor taken for deleted. */
function refuseUnreadable(): Plan {
  return { outcome: 'refuse', problem: toProblem('unreadable', { message: problemWords.unreadable }) };
}

/** A tax rate or a method that an admin mapped needs no record of its own. */
function listUnmapped({ facts: { mapping } }: Round, kind: SyncKind<PutKind>, subject: Subject): Need[] {
  const isKey = (key: string, id: string): boolean => key.toLowerCase() === id.toLowerCase();
  return listNeedsOf(kind, subject).filter(({ kind: needed, crmId, ifPut }) => {
    if (!ifPut) return true;
    const isRate = needed === 'tax-rates';
    return isRate
      ? !mapping.taxRates.some(
          ({ key, taxType, salesTaxType }) => isKey(key, crmId) && (taxType ?? salesTaxType) !== null,
        )
      : !mapping.paymentMethods.some(({ key, accountId }) => isKey(key, crmId) && accountId !== null);
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
  return {
    row,
    version,
    memory,
    plan,
    planAgain,
    follows,
    ...(named && { contact: named }),
    ...(isNewParty && { party }),
  };
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

function readNamed(data: object): NamedContact {
  const read = (member: string): string | undefined => {
    const value: unknown = Object.entries(data).find(([name]) => name === member)?.[1];
    return typeof value === 'string' ? value : undefined;
  };
  return { name: read('name') ?? '', email: read('email'), taxNumber: read('taxNumber') };
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
    isSharedTwin: needed.isShared(subject),
    ...{ organisation, today, lockDate, lists, mapping, rules, origins },
    choice: subject.memory.answer?.choice ?? null,
    twinOf: needed.twinOf,
    billOf: needed.billOf,
    // A contact that is not made yet is made before the record is sent.
    contactOf: (name) => {
      const row = findParty(round, subject, name);
      return row ? toContactTwin(row, round.contacts.findRow(row.id)) : pending(name);
    },
    contactUrlOf: (id) => contactUrl(appUrl, organisation.shortCode, id),
  };
}
