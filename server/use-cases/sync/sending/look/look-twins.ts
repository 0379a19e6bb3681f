import type { XeroTwin } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import { toNameKey } from '#shared/contact-names.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { KindFacts, SyncKind } from '../../kinds/kind.ts';
import { findOpenAnswer } from '../../records/memory.ts';
import type { Candidate, Round } from '../round.ts';

type OwnTwin = XeroTwin | null | undefined;

/** The twins as Xero has them now. Null: there never was one. Undefined: it is no longer in Xero. */
export async function readOwnTwins(
  { acting: { deps, caller }, contacts }: Round,
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, OwnTwin>> {
  const ids = candidates.flatMap(({ row }) => row.xeroId ?? []);
  if (ids.length === 0) return new Map(candidates.map((candidate) => [candidate, null]));
  const { resource } = kind;
  const { twins, unreadable } = await deps.xero.readRecords(caller, { resource, ids });
  if (unreadable.length > 0) deps.log.warn({ resource, rows: unreadable.length }, 'twins could not be read');
  const owned = new Map<Candidate, OwnTwin>();
  for (const candidate of candidates) {
    const { xeroId } = candidate.row;
    if (xeroId === null) owned.set(candidate, null);
    // What cannot be read is neither sent nor taken for deleted.
    else if (!unreadable.includes(xeroId)) owned.set(candidate, await followMerge(xeroId));
  }
  return owned;

  /** A contact that was merged in Xero lives on in the one it was merged into. */
  async function followMerge(id: string): Promise<OwnTwin> {
    const twin = twins.get(id);
    if (resource !== 'contact' || twin?.status !== 'ARCHIVED') return twin;
    const survivor = await deps.xero.getContact(caller, id);
    contacts.note(survivor);
    if (survivor.id === id) return twin;
    return (await deps.xero.readRecords(caller, { resource, ids: [survivor.id] })).twins.get(survivor.id);
  }
}

/** What Xero has under the records' own names, codes or numbers. */
export async function findFound(
  round: Round,
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
  toFacts: (candidate: Candidate) => KindFacts,
): Promise<ReadonlyMap<Candidate, readonly XeroTwin[]>> {
  const found =
    kind.resource === 'contact'
      ? await findNamedContacts(round, candidates)
      : new Map<Candidate, readonly XeroTwin[]>();
  for (const search of kind.search) {
    const asked = candidates.flatMap((candidate) => {
      if (found.has(candidate) || candidate.version.wanted === 'absent') return [];
      const value = search.toValue(candidate.version.data ?? {}, toFacts(candidate));
      return value === undefined || value.trim() === '' ? [] : [{ candidate, value }];
    });
    if (asked.length === 0) continue;
    const twins = await find(round, kind, { by: search.by, values: [...new Set(asked.map(({ value }) => value))] });
    for (const { candidate, value } of asked) {
      const { gone } = candidate.memory;
      const matches = twins.filter((twin) => !gone.includes(twin.id) && isMatch(twin, search.by, value));
      if (matches.length > 0) found.set(candidate, matches);
    }
  }
  return found;
}

/** A contact that a person chose for the record, or that the CRM's record is linked to in the widget. */
async function findNamedContacts(
  { acting: { deps, caller } }: Round,
  candidates: readonly Candidate[],
): Promise<Map<Candidate, readonly XeroTwin[]>> {
  const records = candidates.flatMap(({ version }) => readLinkedRecord(version.data) ?? []);
  const { workspaceId, organisationId } = caller;
  const links = records.length === 0 ? [] : await deps.store.links.list(workspaceId, organisationId, records);
  const named = candidates.flatMap((candidate) => {
    const record = readLinkedRecord(candidate.version.data);
    const link = links.find((one) => one.record.type === record?.type && one.record.id === record.id);
    const id = readChosen(candidate) ?? link?.contactId;
    return id === undefined ? [] : [{ candidate, id }];
  });
  if (named.length === 0) return new Map();
  const ids = [...new Set(named.map(({ id }) => id))];
  const { twins } = await deps.xero.readRecords(caller, { resource: 'contact', ids });
  return new Map(
    named.flatMap(({ candidate, id }) => {
      const twin = twins.get(id);
      return twin ? [[candidate, [twin]] as const] : [];
    }),
  );
}

/** The contact that a person chose for this version's name. */
export function readChosen({ memory, version }: Candidate): string | undefined {
  const answer = findOpenAnswer(memory, version);
  const isChosen = answer?.code === 'near_name' && answer.choice.startsWith('use:');
  return isChosen ? answer.choice.slice('use:'.length) : undefined;
}

function readLinkedRecord(data: Candidate['version']['data']): RecordKey | undefined {
  const { type, id } = (data && 'record' in data && data.record) || {};
  return type && id ? { type, id } : undefined;
}

type Search = { by: SyncKind<PutKind>['search'][number]['by']; values: readonly string[] };

async function find(round: Round, { resource }: SyncKind<PutKind>, search: Search): Promise<readonly XeroTwin[]> {
  const {
    acting: { deps, caller },
    contacts,
  } = round;
  if (resource !== 'contact') {
    const { twins, isWhole } = await deps.xero.findRecords(caller, { resource, ...search });
    if (!isWhole) throw new AppError('xero_invalid_answer');
    return twins;
  }
  const rows = search.values.flatMap(
    (value) => (search.by === 'name' ? contacts.findByName(value) : contacts.findByNumber(value)) ?? [],
  );
  if (rows.length === 0) return [];
  const { twins } = await deps.xero.readRecords(caller, { resource, ids: rows.map(({ id }) => id) });
  return [...twins.values()];
}

function isMatch({ name, number }: XeroTwin, by: Search['by'], value: string): boolean {
  return toNameKey((by === 'name' ? name : number) ?? '') === toNameKey(value);
}
