import type { Deps } from '#server/deps.ts';
import type { Job } from '#server/schedule.ts';
import type { StepName } from '#server/store/store.ts';
import { toActing } from '#server/use-cases/acting/acting.ts';
import { isConnected } from '#server/use-cases/acting/organisation.ts';
import { runStep } from './run-steps.ts';
import type { BuildStepHandlers } from './step-handler.ts';

const everyMs = 5 * 60 * 1000;
/** By then, the request that saved the document has made its own attempt. */
const notBeforeMs = 60 * 1000;
/** A step that failed until then will not succeed by retrying. */
const notAfterMs = 6 * 3600 * 1000;
const atOnce = 20;

/** An e-mail is never sent in the background. */
const unattended: readonly StepName[] = ['history', 'mark_invoiced'];

/** Retries history notes and quote marks left open by a crash or a failure. */
export function buildStepsJob(deps: Deps, buildHandlers: BuildStepHandlers): Job {
  return { name: 'repeat open steps', everyMs, work: () => repeatOpenSteps(deps, buildHandlers) };
}

export async function repeatOpenSteps(deps: Deps, buildHandlers: BuildStepHandlers): Promise<void> {
  const nowMs = deps.clock.now().getTime();
  const toInstant = (ms: number) => new Date(ms).toISOString();
  const made = {
    after: toInstant(nowMs - notAfterMs),
    before: toInstant(nowMs - notBeforeMs),
    ahead: toInstant(nowMs + notBeforeMs),
  };
  const open = await deps.store.steps.listPending(made, atOnce);
  for (const { step, write } of open) {
    if (!unattended.includes(step.name)) continue;
    const connection = await deps.store.connections.find(write.workspaceId);
    // The workspace may be disconnected or connected to another organisation by now.
    if (!isConnected(connection) || connection.organisationId !== write.organisationId) continue;
    const acting = toActing(deps, { kind: 'workspace', workspaceId: write.workspaceId }, connection);
    await runStep(acting, { write, step }, buildHandlers);
  }
}
