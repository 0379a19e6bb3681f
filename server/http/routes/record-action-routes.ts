import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { actOnRecord } from '#server/use-cases/sync/actions/act-on-record.ts';
import { startReset, startRun, startUndo } from '#server/use-cases/sync/actions/start-run.ts';
import { actOnRecordRoute, actOnRecordsRoute, syncRecordsRoute } from '#shared/contract/sync/actions.ts';
import { resetRoute, undoRunRoute } from '#shared/contract/sync/runs.ts';
import { addRecordRoute, addWholeRoute } from '../api-route.ts';

/** What people and the CRM's backend do with records: one at a time, or many as a run. */
export function addRecordActionRoutes(app: FastifyInstance, deps: Deps): void {
  addRecordRoute(app, deps, { route: actOnRecordRoute, to: 'act' }, async (caller, { params, body }) => ({
    record: await actOnRecord(deps, caller, { ...params, ...body }),
  }));
  addWholeRoute(app, deps, actOnRecordsRoute, (caller, { body }) =>
    startRun(deps, caller, { type: 'actions', dryRun: false, request: body }),
  );
  addWholeRoute(app, deps, syncRecordsRoute, (caller, { body: { dryRun = false, ...chosen } }) =>
    startRun(deps, caller, { type: 'sync', dryRun, request: { action: 'sync', ...chosen } }),
  );
  addWholeRoute(app, deps, resetRoute, (caller, { body, request }) =>
    startReset(deps, caller, { asked: body, requestId: request.id }),
  );
  addWholeRoute(app, deps, undoRunRoute, (caller, { params, body: { dryRun = false } }) =>
    startUndo(deps, caller, { undoes: params.id, dryRun }),
  );
}
