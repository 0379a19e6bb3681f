import { contactUrl } from '#server/xero/deep-links.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { NamedContact } from '#shared/contact-names.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { KindFacts, Need, Party, SyncKind } from '../../kinds/kind.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import type { Candidate, Planned, Round } from '../round.ts';
import { type Earlier, resolveEarlier } from './earlier-writes.ts';
import { findFound, readChosen, readOwnTwins } from './look-twins.ts';
import { listNeedsOf, type Needed, pending, readNeeded, toContactTwin } from './needed-rows.ts';
import { findUnmet } from './needs.ts';
import { isGone, type Plan, planRecord } from './plan.ts';

/**
 * `twin`: as Xero has it now. `contact`: the new contact that the record is or names. `party`: it has to be made before
 * the record is sent.
 */
export type Look = Planned & { twin?: XeroTwin; contact?: NamedContact; party?: Party; planAgain(): Plan };

/**
 * Looks at records of one kind: reads what the CRM and Xero have, in as few calls as possible, and decides what to do
 * with each. Writes nothing.
 */
export async function lookAt(round: Round, kind: SyncKind<PutKind>, candidates: readonly Candidate[]): Promise<Look[]> {
  const needed = await readNeeded(round, kind, candidates);
  const now = round.acting.deps.clock.now();
  const judged = candidates.map((candidate) => ({
    candidate,
    unmet: findUnmet(listUnmapped(round, kind, candidate), {
      rows: needed.rows,
      memory: candidate.memory,
      now,
      isDry: round.isDry,
    }),
  }));
  const ready = judged.flatMap(({ candidate, unmet }) => (unmet ? [] : [candidate]));
  const earlier = await resolveEarlier(round, kind, ready);
  const owners = new Map(ready.map((candidate) => [candidate, takeMade(candidate, earlier.get(candidate))]));
  const own = await readOwnTwins(round, kind, [...owners.values()]);
  const unknown = [...owners.values()].filter((candidate) => own.get(candidate) === null);
  const found = await findFound(round, kind, unknown, (candidate) => toFacts(round, { candidate, needed, twin: null }));
  await followParties(round, kind, { candidates: [...owners.values()], needed });
  await readTerms(round, kind, { candidates: [...owners.values()], needed });
  return judged.map(({ candidate, unmet }): Look => {
    if (unmet) return toSettled(candidate, unmet);
    const before = earlier.get(candidate);
    if (before && 'plan' in before) return toSettled(candidate, { plan: before.plan, memory: candidate.memory });
    const owner = owners.get(candidate) ?? candidate;
    if (!own.has(owner)) return toSettled(candidate, { plan: refuseUnreadable(), memory: candidate.memory });
    const twin = own.get(owner);
    const forgotten = before && twin && isForgotten(candidate, twin) ? twin : undefined;
    const look = planOne(round, kind, {
      ...{ candidate: forgotten ? candidate : owner, needed, forgotten },
      twin: forgotten ? null : twin,
      found: found.get(owner) ?? [],
    });
    return before ? { ...look, plan: toMade(look.plan), planAgain: () => toMade(look.planAgain()) } : look;
  });
}

/** What sync made before a reset is offered for the record. A person who sends a deletion means just that. */
function isForgotten({ memory, version }: Candidate, twin: XeroTwin): boolean {
  return memory.isReset && version.wanted === 'present' && !isGone(twin);
}

/** What an earlier sending made counts as made now. A run that a killed process began can then be undone whole. */
function toMade(plan: Plan): Plan {
  return plan.outcome === 'same' ? { ...plan, outcome: 'made' } : plan;
}

/** A party that is only a name may have been merged into another contact in Xero. */
async function followParties(
  round: Round,
  kind: SyncKind<PutKind>,
  { candidates, needed }: { candidates: readonly Candidate[]; needed: Needed },
): Promise<void> {
  const { acting, contacts } = round;
  const ids = candidates.flatMap((candidate) => {
    const { data, wanted } = candidate.version;
    const facts = toFacts(round, { candidate, needed, twin: null });
    const party = wanted === 'present' && data ? kind.findParty?.(data, facts) : undefined;
    return (party && findParty(round, candidate, party.name)?.id) ?? [];
  });
  await contacts.followMerges(acting.caller, ids);
}

/** A document without a due date is due by its contact's own terms. */
async function readTerms(
  round: Round,
  kind: SyncKind<PutKind>,
  { candidates, needed }: { candidates: readonly Candidate[]; needed: Needed },
): Promise<void> {
  if (kind.resource !== 'invoice') return;
  const undated = candidates.filter(
    ({ version: { data, wanted } }) => wanted === 'present' && data && !('dueDate' in data),
  );
  const ids = undated.flatMap((candidate) => {
    const facts = toFacts(round, { candidate, needed, twin: null });
    const party = candidate.version.data ? kind.findParty?.(candidate.version.data, facts) : undefined;
    const named = party && findParty(round, candidate, party.name)?.id;
    const owners = listNeedsOf(kind, candidate).map((need) => needed.twinOf(need.kind, need.crmId)?.id);
    return [named, ...owners].filter((id) => id !== undefined && round.contacts.findById(id) !== undefined);
  });
  await round.contacts.readWhole(
    round.acting.caller,
    ids.filter((id) => id !== undefined),
  );
}

function toSettled(candidate: Candidate, { plan, memory }: { plan: Plan; memory: Candidate['memory'] }): Look {
  return { ...candidate, memory, plan, follows: [], planAgain: () => plan };
}

/** A twin that an earlier sending made, though the record's row does not say so. */
function takeMade(candidate: Candidate, earlier: Earlier | undefined): Candidate {
  if (!earlier || 'plan' in earlier) return candidate;
  return { ...candidate, row: { ...candidate.row, xeroId: earlier.xeroId } };
}

/** What cannot be read is neither sent again nor taken for deleted. */
function refuseUnreadable(): Plan {
  return { outcome: 'refuse', problem: toProblem('unreadable', { message: problemWords.unreadable }) };
}

/** A tax rate or a method that an admin mapped needs no record of its own. */
function listUnmapped({ facts: { mapping } }: Round, kind: SyncKind<PutKind>, candidate: Candidate): Need[] {
  const isKey = (key: string, id: string): boolean => key.toLowerCase() === id.toLowerCase();
  return listNeedsOf(kind, candidate).filter(({ kind: needed, crmId, ifPut }) => {
    if (!ifPut) return true;
    const isRate = needed === 'tax-rates';
    return isRate
      ? !mapping.taxRates.some(
          ({ key, taxType, salesTaxType }) => isKey(key, crmId) && (taxType ?? salesTaxType) !== null,
        )
      : !mapping.paymentMethods.some(({ key, accountId }) => isKey(key, crmId) && accountId !== null);
  });
}

type Known = { candidate: Candidate; needed: Needed; twin: XeroTwin | null | undefined };
type One = Known & { found: readonly XeroTwin[]; forgotten: XeroTwin | undefined };

function planOne(round: Round, kind: SyncKind<PutKind>, given: One): Look {
  const one = { ...given, candidate: takeChosenParty(round, kind, given) };
  const { candidate, twin, found, forgotten } = one;
  const { memory } = candidate;
  const { version, row } = candidate;
  const data = version.data ?? {};
  const facts = toFacts(round, one);
  const party = version.wanted === 'present' ? kind.findParty?.(data, facts) : undefined;
  const isNewParty = party !== undefined && findParty(round, candidate, party.name) === undefined;
  const isNewContact = kind.resource === 'contact' && twin === null && found.length === 0 && !forgotten;
  const named = isNewParty ? party : isNewContact ? readNamed(data) : undefined;
  const near = named && { name: named.name, contacts: round.contacts.listNear(named) };
  const planAgain = () => planRecord(kind, { version, memory, twin, found, forgotten, near, facts });
  const plan = planAgain();
  const follows = version.wanted === 'present' ? (kind.listFollows?.(data, facts) ?? []) : [];
  return {
    row,
    version,
    memory,
    plan,
    planAgain,
    follows,
    ...(twin && { twin }),
    ...(named && { contact: named }),
    ...(isNewParty && { party }),
  };
}

/** A person chose one of the similar contacts for a party that is only a name. That counts for later versions too. */
function takeChosenParty(round: Round, kind: SyncKind<PutKind>, one: One): Candidate {
  const { candidate } = one;
  const id = readChosen(candidate);
  const party =
    id && candidate.version.data ? kind.findParty?.(candidate.version.data, toFacts(round, one)) : undefined;
  if (!id || !party || !round.contacts.findById(id)) return candidate;
  return { ...candidate, memory: { ...candidate.memory, party: { name: party.name, contactId: id } } };
}

function readNamed(data: object): NamedContact {
  const read = (member: string): string | undefined => {
    const value: unknown = Object.entries(data).find(([name]) => name === member)?.[1];
    return typeof value === 'string' ? value : undefined;
  };
  return { name: read('name') ?? '', email: read('email'), taxNumber: read('taxNumber') };
}

/** The contact for a party that is only a name: the one that a person chose, or the one of exactly this name. */
function findParty({ contacts }: Round, { memory }: Candidate, name: string): XeroContactRow | undefined {
  const { party } = memory;
  const chosen = party?.name === name ? contacts.findById(party.contactId) : undefined;
  return chosen ?? contacts.findByName(name);
}

function toFacts(round: Round, { candidate, needed, twin }: Known): KindFacts {
  const { organisation, today, lockDate, lists, mapping, rules, origins } = round.facts;
  const { appUrl } = round.acting.deps.config.xero;
  return {
    crmId: candidate.version.crmId,
    twin: twin ?? undefined,
    sharedWith: needed.sharedWith(candidate),
    ...{ organisation, today, lockDate, lists, mapping, rules, origins },
    // Given by the plan, once the question is known.
    choice: null,
    twinOf: needed.twinOf,
    billOf: needed.billOf,
    // A contact that is not made yet is made before the record is sent.
    contactOf: (name) => {
      const row = findParty(round, candidate, name);
      return row ? toContactTwin(row, round.contacts.findRow(row.id)) : pending(name);
    },
    contactUrlOf: (id) => contactUrl(appUrl, organisation.shortCode, id),
  };
}
