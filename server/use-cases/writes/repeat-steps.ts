import type { Deps } from '#server/deps.ts';
import { repeat } from '#server/repeat.ts';
import type { StepName } from '#server/store/store.ts';
import { runStep } from './run-steps.ts';

const everyMs = 5 * 60 * 1000;
/** Whoever saved the document has had its own try by then. */
const notBeforeMs = 60 * 1000;
/** What did not succeed by then has a reason that repeating does not mend. */
const notAfterMs = 6 * 3600 * 1000;
const atOnce = 20;

/** An e-mail is never sent behind a person's back. */
const unattended: readonly StepName[] = ['history', 'mark_invoiced'];

/** History notes and marks that a crash or a fault left open are done now and then. Answers how to stop. */
export function repeatSteps(deps: Deps): () => Promise<void> {
  return repeat({
    clock: deps.clock,
    everyMs,
    work: () => repeatOpenSteps(deps),
    onError: (error) => deps.log.warn({ err: error }, 'open steps could not be repeated'),
  });
}

export async function repeatOpenSteps(deps: Deps): Promise<void> {
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
    const { workspaceId, organisationId } = write;
    await runStep({ deps, caller: { workspaceId, organisationId, priority: 'background' } }, write, step);
  }
}
