import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { workspaceOfCaller } from '#server/use-cases/sync/accept-caller.ts';
import { getRecord } from '#server/use-cases/sync/records/get-record.ts';
import { listRecords } from '#server/use-cases/sync/records/list-records.ts';
import { takeBatch } from '#server/use-cases/sync/records/take-batch.ts';
import { removeRecord, takeRecord } from '#server/use-cases/sync/records/take-record.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import { deleteRecordRoute, getRecordRoute, listKindRoute, listRecordsRoute } from '#shared/contract/sync/records.ts';
import { addBackendRoute, addRecordRoute, addWholeRoute } from '../api-route.ts';
import { buildProblem } from '../error-handler.ts';
import { documentedBatchRoute, documentedPutRoute } from './record-docs.ts';

/** Records that the CRM's backend sends. It reads them, and so do admins; a record's own session reads that record. */
export function addRecordRoutes(app: FastifyInstance, deps: Deps): void {
  addBackendRoute(app, deps, documentedPutRoute, async (backend, { params, body }) => ({
    record: await takeRecord(deps, backend, { ...params, ...body }),
  }));
  addBackendRoute(app, deps, documentedBatchRoute, (backend, { body, request }) =>
    takeBatch(deps, backend, {
      rows: body.records,
      buildProblem: (error) => buildProblem(error.code, request.id, error.details),
    }),
  );
  addBackendRoute(app, deps, deleteRecordRoute, async (backend, { params, query }) => ({
    record: await removeRecord(deps, backend, { ...params, ...query }),
  }));
  addRecordRoute(app, deps, { route: getRecordRoute, to: 'see' }, (caller, { params }) =>
    getRecord(deps, workspaceOfCaller(caller), params),
  );
  addWholeRoute(app, deps, listRecordsRoute, (caller, { query }) =>
    listRecords(deps, workspaceOfCaller(caller), query),
  );
  addWholeRoute(app, deps, listKindRoute, (caller, { params, query }) =>
    listRecords(deps, workspaceOfCaller(caller), { ...query, kind: onlyOf(params.kind, query.kind) }),
  );
}

/** The kind of the path. A query that asks for other kinds only finds nothing. */
function onlyOf(kind: RecordKind, asked: readonly RecordKind[] | undefined): RecordKind[] {
  return asked === undefined || asked.includes(kind) ? [kind] : [];
}
