import type { XeroTwin } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import { toNameKey } from '#shared/contact-names.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { KindFacts, SyncKind } from '../../kinds/kind.ts';
import type { Round, Subject } from '../round.ts';

type OwnTwin = XeroTwin | null | undefined;

/** The twins as Xero has them now. Null: there never was one. Undefined: it is no longer in Xero. */
export async function readOwnTwins(
  { acting: { deps, caller }, contacts }: Round,
  kind: SyncKind<PutKind>,
  subjects: readonly Subject[],
): Promise<ReadonlyMap<Subject, OwnTwin>> {
  const ids = subjects.flatMap(({ row }) => row.xeroId ?? []);
  if (ids.length === 0) return new Map(subjects.map((subject) => [subject, null]));
  const { resource } = kind;
  const { twins, unreadable } = await deps.xero.readRecords(caller, { resource, ids });
  if (unreadable.length > 0) deps.log.warn({ resource, rows: unreadable.length }, 'twins could not be read');
  const owned = new Map<Subject, OwnTwin>();
  for (const subject of subjects) {
    const { xeroId } = subject.row;
    if (xeroId === null) owned.set(subject, null);
    // What cannot be read is neither sent nor taken for deleted.
    else if (!unreadable.includes(xeroId)) owned.set(subject, await followMerge(xeroId));
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
  subjects: readonly Subject[],
  toFacts: (subject: Subject) => KindFacts,
): Promise<ReadonlyMap<Subject, readonly XeroTwin[]>> {
  const found =
    kind.resource === 'contact' ? await findNamedContacts(round, subjects) : new Map<Subject, readonly XeroTwin[]>();
  for (const search of kind.search) {
    const asked = subjects.flatMap((subject) => {
      if (found.has(subject) || subject.version.wanted === 'absent') return [];
      const value = search.toValue(subject.version.data ?? {}, toFacts(subject));
      return value === undefined || value.trim() === '' ? [] : [{ subject, value }];
    });
    if (asked.length === 0) continue;
    const twins = await find(round, kind, { by: search.by, values: [...new Set(asked.map(({ value }) => value))] });
    for (const { subject, value } of asked) {
      const { gone } = subject.memory;
      const matches = twins.filter((twin) => !gone.includes(twin.id) && isMatch(twin, search.by, value));
      if (matches.length > 0) found.set(subject, matches);
    }
  }
  return found;
}

/** A contact that a person chose for the record, or that the CRM's record is linked to in the widget. */
async function findNamedContacts(
  { acting: { deps, caller } }: Round,
  subjects: readonly Subject[],
): Promise<Map<Subject, readonly XeroTwin[]>> {
  const records = subjects.flatMap(({ version }) => readLinkedRecord(version.data) ?? []);
  const { workspaceId, organisationId } = caller;
  const links = records.length === 0 ? [] : await deps.store.links.list(workspaceId, organisationId, records);
  const named = subjects.flatMap((subject) => {
    const record = readLinkedRecord(subject.version.data);
    const link = links.find((one) => one.record.type === record?.type && one.record.id === record.id);
    const id = readChosen(subject) ?? link?.contactId;
    return id === undefined ? [] : [{ subject, id }];
  });
  if (named.length === 0) return new Map();
  const ids = [...new Set(named.map(({ id }) => id))];
  const { twins } = await deps.xero.readRecords(caller, { resource: 'contact', ids });
  return new Map(
    named.flatMap(({ subject, id }) => {
      const twin = twins.get(id);
      return twin ? [[subject, [twin]] as const] : [];
    }),
  );
}

function readChosen({ memory: { answer } }: Subject): string | undefined {
  const isChosen = answer?.code === 'near_name' && answer.choice.startsWith('use:');
  return isChosen ? answer.choice.slice('use:'.length) : undefined;
}

function readLinkedRecord(data: Subject['version']['data']): RecordKey | undefined {
  return data && 'record' in data ? data.record : undefined;
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
