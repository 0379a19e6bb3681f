import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { RunRow } from '#server/store/tables/sync/run-store.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import { AppError } from '#shared/app-error.ts';
import { recordActionSchema, recordsFilterSchema } from '#shared/contract/sync/actions.ts';
import { recordKindSchema } from '#shared/contract/sync/kinds.ts';
import type { RunType } from '#shared/contract/sync/runs.ts';
import { nameCaller, type WholeCaller, workspaceOfCaller } from '../accept-caller.ts';
import { toOrganisationName } from '../records/record-answer.ts';
import { forgetLists } from '../settings/kept-lists.ts';
import { requestWords } from '../words/request-words.ts';
import { noCounts } from './run-rows.ts';

/** What a run was asked for. Without ids and filter it is for all records of the kind. */
export const runRequestSchema = z.object({
  action: recordActionSchema,
  choice: z.string().optional(),
  kind: recordKindSchema.optional(),
  crmIds: z.array(z.string()).optional(),
  filter: recordsFilterSchema.optional(),
  /** The run that is undone. */
  undoes: z.string().optional(),
  /** The day from which Xero is read again. */
  since: z.string().optional(),
});
export type RunRequest = z.output<typeof runRequestSchema>;

/**
 * Stores what is asked for many records, and wakes the worker that does it. Rejects with not_connected before the first
 * connection.
 */
export async function startRun(
  deps: Deps,
  caller: WholeCaller,
  { type, dryRun, request }: { type: RunType; dryRun: boolean; request: RunRequest },
): Promise<{ runId: string }> {
  const workspaceId = workspaceOfCaller(caller);
  const connection = await deps.store.connections.find(workspaceId);
  const organisationId = connection?.organisationId ?? null;
  if (organisationId === null) throw new AppError('not_connected');
  const run: RunRow = {
    ...{ id: `r_${randomUUID()}`, workspaceId, organisationId, type, dryRun, kind: request.kind ?? null },
    ...{ status: 'queued', startedAt: deps.clock.now().toISOString(), endedAt: null, calls: 0, error: null },
    by: JSON.stringify(nameCaller(caller)),
    request: JSON.stringify(request),
    counts: JSON.stringify(noCounts),
  };
  // The fix may have been made in Xero's lists a moment ago.
  if (request.action === 'retry') await forgetLists(deps, organisationId);
  await deps.store.runs.create(run);
  deps.jobs.wake({ workspaceId, organisationId });
  return { runId: run.id };
}

/**
 * Forgets which record is which in the organisation that is connected, or was last. Rejects with confirmation_wrong
 * unless `confirm` is its name, with not_connected before the first connection, and with run_in_progress while a run is
 * not done. `requestId`: for the audit.
 */
export async function startReset(
  deps: Deps,
  caller: WholeCaller,
  { asked, requestId }: { asked: { dryRun: true } | { confirm: string }; requestId: string },
): Promise<{ runId: string }> {
  const request: RunRequest = { action: 'sync' };
  if ('dryRun' in asked) return startRun(deps, caller, { type: 'reset', dryRun: true, request });
  const { store } = deps;
  const workspaceId = workspaceOfCaller(caller);
  const organisation = toOrganisationName(await store.connections.find(workspaceId));
  if (organisation === null) throw new AppError('not_connected');
  if (asked.confirm !== organisation.name.trim()) {
    throw new AppError('confirmation_wrong', { errors: [{ path: 'confirm', message: requestWords.otherName }] });
  }
  const where = { workspaceId, organisationId: organisation.id };
  const open = await store.runs.listInStatus(['queued', 'running'], { limit: 1, where });
  if (open.length > 0) throw new AppError('run_in_progress');
  const act = { workspaceId, organisationId: organisation.id, user: nameCaller(caller), requestId, outcome: 'saved' };
  await appendAudit(deps, { ...act, action: 'reset_sync' });
  return startRun(deps, caller, { type: 'reset', dryRun: false, request });
}

/**
 * Undoes what a run made, where Xero allows it. Rejects with not_found, with action_not_allowed for a run that made
 * nothing that could be undone or was of another organisation, and with run_in_progress while it or another undo runs.
 */
export async function startUndo(
  deps: Deps,
  caller: WholeCaller,
  { undoes, dryRun }: { undoes: string; dryRun: boolean },
): Promise<{ runId: string }> {
  const run = await deps.store.runs.find(workspaceOfCaller(caller), undoes);
  if (!run) throw new AppError('not_found', { detail: requestWords.noRun });
  if (run.dryRun || !['sync', 'actions', 'automatic'].includes(run.type)) throw new AppError('action_not_allowed');
  const { workspaceId, organisationId } = run;
  // The records of another organisation are other documents, whatever the CRM calls them.
  const connection = await deps.store.connections.find(workspaceId);
  if (connection?.organisationId !== organisationId) {
    throw new AppError('action_not_allowed', { detail: requestWords.otherOrganisation });
  }
  const open = await deps.store.runs.listInStatus(['queued', 'running'], {
    ...{ limit: 100, where: { workspaceId, organisationId } },
  });
  if (open.some(({ id, type }) => id === undoes || (type === 'undo' && !dryRun))) throw new AppError('run_in_progress');
  return startRun(deps, caller, { type: 'undo', dryRun, request: { action: 'sync', undoes } });
}
