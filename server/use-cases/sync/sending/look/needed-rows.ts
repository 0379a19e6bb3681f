import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { PutKind, RecordKind } from '#shared/contract/sync/kinds.ts';
import type { KindTwin, Need, SyncKind } from '../../kinds/kind.ts';
import { parseRecordDetails } from '../../records/record-details.ts';
import { kindOf, kindsInOrder } from '../kind-of.ts';
import type { Candidate, Round } from '../round.ts';
import { toName } from '../save-findings.ts';

/** The records that others name, and what is known of their twins. */
export type Needed = {
  rows: ReadonlyMap<string, RecordRow>;
  twinOf(kind: string, crmId: string): KindTwin | undefined;
  billOf(kind: string, crmId: string): KindTwin | undefined;
  /** The kinds of other present records that have the same twin as one that is to be removed. */
  sharedWith(candidate: Candidate): readonly RecordKind[];
};

export function listNeedsOf(kind: SyncKind<PutKind>, { version }: Candidate): Need[] {
  const { wanted, data } = version;
  // What is to be removed needs nothing.
  return wanted === 'present' && data !== null && !kind.isVoid?.(data) ? kind.listNeeds(data) : [];
}

/** Reads the records that these name. Documents among them are read from Xero too: what is due decides on payments. */
export async function readNeeded(
  { acting: { deps, caller }, contacts, isDry }: Round,
  kind: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<Needed> {
  const needs = candidates.flatMap((candidate) => listNeedsOf(kind, candidate));
  const keys = new Map(
    needs.map(({ kind: needed, crmId: key }) => [toName({ kind: needed, key }), { kind: needed, key }]),
  );
  const found = keys.size === 0 ? [] : await deps.store.records.findMany(caller, [...keys.values()]);
  const rows = new Map(found.map((row) => [toName(row), row]));
  await contacts.followMerges(
    caller,
    found.flatMap(({ xeroId }) => xeroId ?? []),
  );
  const documents = found.flatMap((row) => findDocumentId(row) ?? []);
  const read =
    documents.length === 0 || kind.resource === 'invoice'
      ? new Map<string, XeroTwin>()
      : (await deps.xero.readRecords(caller, { resource: 'invoice', ids: documents })).twins;
  const items = found.flatMap((row) => (row.kind === 'items' && row.xeroId !== null ? [row.xeroId] : []));
  const readItems =
    items.length === 0 ? undefined : (await deps.xero.readRecords(caller, { resource: 'item', ids: items })).twins;
  const shared = await findShared({ deps, caller }, kind, candidates);
  const know = (id: string | null, row: RecordRow): KindTwin | undefined => {
    if (id === null) return isDry ? pending(row.title) : undefined;
    const contact = contacts.findById(id);
    if (contact) return toContactTwin(contact, contacts.findRow(id));
    const { xeroNumber, xeroStatus } = parseRecordDetails(row.details);
    return (
      read.get(id) ?? readItems?.get(id) ?? { id, number: xeroNumber, name: row.title, status: xeroStatus, row: {} }
    );
  };
  return {
    rows,
    sharedWith: (candidate) => shared.get(candidate) ?? [],
    twinOf: (needed, crmId) => {
      const row = rows.get(toName({ kind: needed, key: crmId }));
      return row && know(row.xeroId, row);
    },
    billOf: (needed, crmId) => {
      const row = rows.get(toName({ kind: needed, key: crmId }));
      return row && know(findDocumentId(row) ?? null, row);
    },
  };
}

/** A customer and a supplier can be one contact, and a person may have said that two records are one document. */
async function findShared(
  { deps, caller }: Pick<Round['acting'], 'deps' | 'caller'>,
  { kind, resource, isVoid }: SyncKind<PutKind>,
  candidates: readonly Candidate[],
): Promise<ReadonlyMap<Candidate, readonly RecordKind[]>> {
  const shared = new Map<Candidate, RecordKind[]>();
  const kinds = kindsInOrder.filter(
    (one) => one.kind === kind || (resource === 'contact' && one.resource === resource),
  );
  for (const candidate of candidates) {
    const { row, version } = candidate;
    const isLeaving = version.wanted === 'absent' || isVoid?.(version.data ?? {});
    if (!isLeaving || row.xeroId === null) continue;
    for (const other of kinds) {
      const rows = await deps.store.records.listByXeroId(caller, other.kind, row.xeroId);
      const isShared = rows.some(
        ({ wanted, kind: of, key }) => wanted === 'present' && (of !== kind || key !== row.key),
      );
      if (isShared) shared.set(candidate, [...(shared.get(candidate) ?? []), other.kind]);
    }
  }
  return shared;
}

/** The invoice or bill that stands in Xero for the record: its twin, or the bill of a finished order. */
export function findDocumentId(row: RecordRow): string | undefined {
  const { resource } = kindOf(row.kind) ?? {};
  if (resource === 'invoice') return row.xeroId ?? undefined;
  return parseRecordDetails(row.details).also.find(({ what }) => what === 'bill')?.xeroId ?? undefined;
}

/** Stands for a twin that is still to be made. */
export const pendingId = '00000000-0000-0000-0000-000000000000';

/** What a dry run takes for a twin that is still to be made. */
export function pending(name: string | null): KindTwin {
  return { id: pendingId, number: null, name, status: null, row: {} };
}

/** `row`: the whole contact, where it was read. */
export function toContactTwin(
  { id, name, contactNumber, isArchived }: Pick<XeroContactRow, 'id' | 'name' | 'contactNumber' | 'isArchived'>,
  row: KindTwin['row'] = {},
): KindTwin {
  return { id, number: contactNumber, name, status: isArchived ? 'ARCHIVED' : 'ACTIVE', row };
}
