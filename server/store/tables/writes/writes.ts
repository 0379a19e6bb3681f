import type { Kysely } from 'kysely';
import { z } from 'zod';
import { anyRecordTypeSchema } from '#shared/contract/record.ts';
import { compileOnce } from '../../compiled.ts';
import { inRecordChunks } from '../../in-chunks.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { Schema, WriteTable } from '../../schema.ts';
import type { Begun, Closing, WriteReservations, WriteRow } from '../../store.ts';
import { buildAudit } from '../audit.ts';
import { addDealDocuments, findDocumentKind } from '../deal-documents.ts';
import { isLeaseFree, releaseLease } from '../lease.ts';
import { listReservationHolders, releaseReservations, reserve } from './write-reservations.ts';
import { toStepRow } from './write-steps.ts';
import type { WriteStore } from './write-store.ts';

/** Writes whose outcome is unknown. The other states are final. */
export const unfinishedStates = ['pending', 'undecided'];

export const noReservations: WriteReservations = { wanted: [], freed: [] };

export function buildWrites(db: Kysely<Schema>): WriteStore {
  return {
    begin: (row, reservations = noReservations) =>
      reservations.wanted.length === 0
        ? beginWrite(db, row, reservations)
        : inTransaction(db, (transaction) => beginWrite(transaction, row, reservations)),
    findLatest: async (workspaceId, organisationId, writeKey) => {
      const row = await selectForm(db, workspaceId, organisationId, writeKey)
        .orderBy('attempt', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && toWrite(row);
    },
    find: async (workspaceId, id) => {
      const row = await db
        .selectFrom('writes')
        .selectAll()
        .where('id', '=', id)
        .where('workspace_id', '=', workspaceId)
        .executeTakeFirst();
      return row && toWrite(row);
    },
    markSent: async (id, { owner, now, until }) => {
      const query = updateUnfinished(db, id).set({ sent_at: now, lease_until: until }).where('lease_owner', '=', owner);
      return (await query.executeTakeFirst()).numUpdatedRows > 0n;
    },
    close: (id, closing) => inTransaction(db, (transaction) => closeWrite(transaction, id, closing)),
    ...buildLeases(db),
    ...buildLists(db),
  };
}

function buildLeases(db: Kysely<Schema>): Pick<WriteStore, 'takeLease' | 'renewLease' | 'releaseLease'> {
  return {
    takeLease: async (id, lease) => {
      const row = await updateUnfinished(db, id)
        .set({ lease_owner: lease.owner, lease_until: lease.until })
        .where(isLeaseFree(lease))
        .returningAll()
        .executeTakeFirst();
      return row && toWrite(row);
    },
    renewLease: async (id, owner, until) => {
      const query = db.updateTable('writes').set({ lease_until: until }).where('id', '=', id);
      return (await query.where('lease_owner', '=', owner).executeTakeFirst()).numUpdatedRows > 0n;
    },
    releaseLease: (id, owner) => releaseLease(db, 'writes', { id, owner }),
  };
}

function buildLists(db: Kysely<Schema>): Pick<WriteStore, 'listUnfinished' | 'listSent' | 'listReserved' | 'listMade'> {
  const findUnfinished = compileOnce(db, selectUnfinishedIds(db));
  return {
    listUnfinished: async (workspaceId, organisationId, records) => {
      const [only, ...more] = records;
      const isOne = only !== undefined && more.length === 0;
      // Usually there is none, and every view asks, so this check is cheap.
      if (isOne && !(await findUnfinished(workspaceId, organisationId, only.type, only.id, ...unfinishedStates)))
        return [];
      return readOfRecords(db, { workspaceId, organisationId, records, states: unfinishedStates });
    },
    listSent: async (organisationId, kind) => {
      const rows = await db
        .selectFrom('writes')
        .selectAll()
        .where('organisation_id', '=', organisationId)
        .where('kind', '=', kind)
        .where('state', 'in', unfinishedStates)
        .where('sent_at', 'is not', null)
        .execute();
      return rows.map(toWrite);
    },
    listReserved: async (organisationId, reservations) => {
      const holders = await listReservationHolders(db, organisationId, reservations);
      const ids = [...new Set(holders.values())];
      const rows = ids.length === 0 ? [] : await db.selectFrom('writes').selectAll().where('id', 'in', ids).execute();
      const writes = new Map(rows.map((row) => [row.id, toWrite(row)]));
      return [...holders].flatMap(([reservation, id]) => {
        const write = writes.get(id);
        return write ? [{ reservation, write }] : [];
      });
    },
    listMade: async (organisationId, documentIds, by) => {
      if (documentIds.length === 0) return [];
      const made = db
        .selectFrom('writes')
        .select('document_id')
        .distinct()
        .where('organisation_id', '=', organisationId)
        .where('document_id', 'in', documentIds);
      const rows = await (by
        ? made.where('workspace_id', '=', by.workspaceId).where('user_id', '=', by.userId)
        : made
      ).execute();
      return rows.flatMap(({ document_id }) => document_id ?? []);
    },
  };
}

/** For one record; the values are parameters of the query. */
function selectUnfinishedIds(db: Kysely<Schema>) {
  return db
    .selectFrom('writes')
    .select('id')
    .where('workspace_id', '=', '')
    .where('organisation_id', '=', '')
    .where('record_type', '=', '')
    .where('record_id', '=', '')
    .where('state', 'in', unfinishedStates);
}

export async function beginWrite(db: Kysely<Schema>, row: WriteRow, reservations: WriteReservations): Promise<Begun> {
  const inserted = await db
    .insertInto('writes')
    .values(toRow(row))
    .onConflict((conflict) => conflict.columns(['workspace_id', 'organisation_id', 'form_key', 'attempt']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (inserted !== undefined) {
    const taken = await reserve(db, row, reservations);
    // In the same transaction, so that a write that may not exist leaves no trace.
    if (taken.length > 0) await removeBegun(db, row.id);
    return { isNew: taken.length === 0, write: toWrite(inserted), taken };
  }
  const stored = await selectForm(db, row.workspaceId, row.organisationId, row.writeKey)
    .where('attempt', '=', row.attempt)
    .executeTakeFirstOrThrow();
  return { isNew: false, write: toWrite(stored), taken: [] };
}

async function removeBegun(db: Kysely<Schema>, id: string): Promise<void> {
  await releaseReservations(db, id);
  await db.deleteFrom('writes').where('id', '=', id).execute();
}

/** Stores the end of a write with its audit row and its steps, once. */
export async function closeWrite(db: Kysely<Schema>, id: string, closing: Closing): Promise<boolean> {
  const { state, result, at, owner, documentId, audit, steps = [] } = closing;
  const ending = state === 'done' ? updateUnlessDone(db, id) : updateUnfinished(db, id);
  const closed = await (owner === undefined ? ending : ending.where('lease_owner', '=', owner))
    .set({ state, result, settled_at: at, ...(documentId !== undefined && { document_id: documentId }) })
    .returningAll()
    .executeTakeFirst();
  if (closed === undefined) return false;
  if (state === 'refused') await releaseReservations(db, id);
  if (state === 'done') await chooseForDeal(db, toWrite(closed), at);
  if (audit) await buildAudit(db).append(audit);
  if (steps.length > 0) await db.insertInto('write_steps').values(steps.map(toStepRow)).execute();
  return true;
}

/** A document made from a deal is chosen for it. */
async function chooseForDeal(db: Kysely<Schema>, write: WriteRow, at: string): Promise<void> {
  const { workspaceId, organisationId, record, userId, documentId } = write;
  const kind = findDocumentKind(write.kind);
  if (record.type !== 'deal' || documentId === null || kind === undefined) return;
  const row = { workspaceId, organisationId, dealId: record.id, kind, documentId, chosenBy: userId, chosenAt: at };
  await addDealDocuments(db, [row]);
}

/** Finds the write in any workspace, for background work. */
export async function findWrite(db: Kysely<Schema>, id: string): Promise<WriteRow | undefined> {
  const row = await db.selectFrom('writes').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toWrite(row);
}

function selectForm(db: Kysely<Schema>, workspaceId: string, organisationId: string, writeKey: string) {
  return db
    .selectFrom('writes')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('organisation_id', '=', organisationId)
    .where('form_key', '=', writeKey);
}

/** A late second answer must not turn an existing document into a refused one. */
export function updateUnfinished(db: Kysely<Schema>, id: string) {
  return db.updateTable('writes').where('id', '=', id).where('state', 'in', unfinishedStates);
}

/** What Xero has made exists, whatever was recorded before. */
function updateUnlessDone(db: Kysely<Schema>, id: string) {
  return db.updateTable('writes').where('id', '=', id).where('state', '!=', 'done');
}

type OfRecords = {
  workspaceId: string;
  organisationId: string;
  records: Parameters<typeof inRecordChunks>[0];
  /** Absent: in any state. */
  states?: readonly string[];
};

/** The writes of these records, the oldest first. */
export async function readOfRecords(
  db: Kysely<Schema>,
  { workspaceId, organisationId, records, states }: OfRecords,
): Promise<WriteRow[]> {
  const all = db
    .selectFrom('writes')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('organisation_id', '=', organisationId);
  const wanted = states ? all.where('state', 'in', states) : all;
  const rows = await inRecordChunks(records, (type, ids) =>
    wanted.where('record_type', '=', type).where('record_id', 'in', ids).execute(),
  );
  return rows.map(toWrite).toSorted(byCreation);
}

function byCreation(a: WriteRow, b: WriteRow): number {
  if (a.createdAt === b.createdAt) return a.id < b.id ? -1 : 1;
  return a.createdAt < b.createdAt ? -1 : 1;
}

function toRow({ record, ...row }: WriteRow): WriteTable {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    organisation_id: row.organisationId,
    form_key: row.writeKey,
    attempt: row.attempt,
    kind: row.kind,
    record_type: record.type,
    record_id: record.id,
    user_id: row.userId,
    body_hash: row.bodyHash,
    request: row.request,
    state: row.state,
    result: row.result,
    created_at: row.createdAt,
    sent_at: row.sentAt,
    settled_at: row.closedAt,
    details: row.details,
    document_id: row.documentId,
    sent_in: null,
    lease_owner: null,
    lease_until: null,
  };
}

const stateSchema = z.enum(['pending', 'done', 'refused', 'undecided']);

export function toWrite(row: WriteTable): WriteRow {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    organisationId: row.organisation_id,
    writeKey: row.form_key,
    attempt: row.attempt,
    kind: row.kind,
    record: { type: anyRecordTypeSchema.parse(row.record_type), id: row.record_id },
    userId: row.user_id,
    bodyHash: row.body_hash,
    request: row.request,
    state: stateSchema.parse(row.state),
    result: row.result,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    closedAt: row.settled_at,
    details: row.details,
    documentId: row.document_id,
  };
}
