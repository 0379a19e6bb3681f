import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { describeWithSync } from '#server/use-cases/connection/sync-scopes.ts';
import { nameCaller, type WholeCaller, workspaceOfCaller } from '#server/use-cases/sync/accept-caller.ts';
import { cancelRun } from '#server/use-cases/sync/actions/cancel-run.ts';
import { startBring } from '#server/use-cases/sync/bringing/start-bring.ts';
import { acceptChange } from '#server/use-cases/sync/feed/accept-change.ts';
import { listChanges } from '#server/use-cases/sync/feed/list-changes.ts';
import type { SettingsCaller } from '#server/use-cases/sync/settings/find-sync-place.ts';
import { getMapping } from '#server/use-cases/sync/settings/get-mapping.ts';
import { getOverview } from '#server/use-cases/sync/settings/get-overview.ts';
import { putMapping } from '#server/use-cases/sync/settings/put-mapping.ts';
import { getRules, putRules } from '#server/use-cases/sync/settings/put-rules.ts';
import { getRun, listRunRows, listRuns } from '#server/use-cases/sync/settings/read-runs.ts';
import { getWebhook, pingNow, putWebhook } from '#server/use-cases/sync/settings/webhook-settings.ts';
import { bringRoute } from '#shared/contract/sync/bring.ts';
import { acceptChangeRoute, listChangesRoute } from '#shared/contract/sync/changes.ts';
import { getMappingRoute, putMappingRoute } from '#shared/contract/sync/mapping.ts';
import { getOverviewRoute } from '#shared/contract/sync/overview.ts';
import { getRulesRoute, putRulesRoute } from '#shared/contract/sync/rules.ts';
import { cancelRunRoute, getRunRoute, listRunRowsRoute, listRunsRoute } from '#shared/contract/sync/runs.ts';
import { getSyncWebhookRoute, pingSyncWebhookRoute, putSyncWebhookRoute } from '#shared/contract/sync/webhook.ts';
import { addBackendRoute, addWholeRoute } from '../api-route.ts';

/** The settings of sync, its runs and its feed of changes. */
export function addSyncRoutes(app: FastifyInstance, deps: Deps): void {
  addWholeRoute(app, deps, getOverviewRoute, async (caller) => {
    const workspaceId = workspaceOfCaller(caller);
    const connection = await describeWithSync(deps, await deps.store.connections.find(workspaceId));
    return { ...(await getOverview(deps, workspaceId)), connection };
  });
  addWholeRoute(app, deps, getRulesRoute, (caller) => getRules(deps, workspaceOfCaller(caller)));
  addWholeRoute(app, deps, putRulesRoute, (caller, { body, request }) =>
    putRules(deps, toSettingsCaller(caller, request), body),
  );
  addWholeRoute(app, deps, getMappingRoute, (caller) => getMapping(deps, workspaceOfCaller(caller)));
  addWholeRoute(app, deps, putMappingRoute, (caller, { body, request }) =>
    putMapping(deps, toSettingsCaller(caller, request), body),
  );
  addRunRoutes(app, deps);
  addWebhookSettings(app, deps);
  addBackendRoute(app, deps, acceptChangeRoute, async (backend, { params, body }) => ({
    record: await acceptChange(deps, backend, { ...params, ...body }),
  }));
  addBackendRoute(app, deps, listChangesRoute, ({ workspace }, { query }) => listChanges(deps, workspace.id, query));
}

function addRunRoutes(app: FastifyInstance, deps: Deps): void {
  addWholeRoute(app, deps, bringRoute, (caller, { body }) => startBring(deps, caller, body));
  addWholeRoute(app, deps, listRunsRoute, (caller, { query }) => listRuns(deps, workspaceOfCaller(caller), query));
  addWholeRoute(app, deps, getRunRoute, async (caller, { params }) => ({
    run: await getRun(deps, workspaceOfCaller(caller), params.id),
  }));
  addWholeRoute(app, deps, cancelRunRoute, async (caller, { params }) => {
    await cancelRun(deps, caller, params.id);
    return { run: await getRun(deps, workspaceOfCaller(caller), params.id) };
  });
  addWholeRoute(app, deps, listRunRowsRoute, (caller, { params, query }) =>
    listRunRows(deps, workspaceOfCaller(caller), { ...params, ...query }),
  );
}

function addWebhookSettings(app: FastifyInstance, deps: Deps): void {
  addWholeRoute(app, deps, getSyncWebhookRoute, (caller) => getWebhook(deps, workspaceOfCaller(caller)));
  addWholeRoute(app, deps, putSyncWebhookRoute, (caller, { body, request }) =>
    putWebhook(deps, toSettingsCaller(caller, request), body),
  );
  addWholeRoute(app, deps, pingSyncWebhookRoute, (caller) => pingNow(deps, workspaceOfCaller(caller)));
}

function toSettingsCaller(caller: WholeCaller, request: FastifyRequest): SettingsCaller {
  return { workspaceId: workspaceOfCaller(caller), by: nameCaller(caller), requestId: request.id };
}
