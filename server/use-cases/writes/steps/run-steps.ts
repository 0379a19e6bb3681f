import type { StepName, StepState, WriteRow, WriteStepRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { describePrincipal } from '#server/use-cases/acting/principal.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import { AppError } from '#shared/app-error.ts';
import { judgeFailure } from '../judge-failure.ts';
import { newOwner, toLease } from '../leases.ts';
import { buildSendGate } from '../send-gate.ts';
import type { BuildStepHandlers, StepHandler } from './step-handler.ts';

/** The outcome of a step, with Xero's own message if it refused just now. */
export type StepEnd = { state: StepState; refusal?: string[] };

/** Runs the steps of a finished write, each on its own, and returns their outcomes. */
export async function runSteps(
  acting: Acting,
  write: WriteRow,
  buildHandlers: BuildStepHandlers,
): Promise<(StepEnd & { name: StepName })[]> {
  const steps = await acting.deps.store.steps.list(write.id);
  return Promise.all(
    steps.map(async (step) => ({
      name: step.name,
      ...(isOpen(step) ? await runStep(acting, { write, step }, buildHandlers) : { state: step.state }),
    })),
  );
}

function isOpen({ state }: WriteStepRow): boolean {
  return state === 'pending' || state === 'undecided';
}

type Step = { write: WriteRow; step: WriteStepRow };

/** Runs one step under its own lease. Whatever Xero answers, the finished write stays finished. */
export async function runStep(
  acting: Acting,
  { write, step: { id } }: Step,
  buildHandlers: BuildStepHandlers,
): Promise<StepEnd> {
  const { deps } = acting;
  const owner = newOwner(deps);
  const step = await deps.store.steps.takeLease(id, toLease(deps, owner));
  if (!step) return { state: await readState(deps, write, id) };
  const handler = buildHandlers(withGate(acting, step, owner))[step.name];
  try {
    const end = await sendOrFind(acting, handler, { write, step });
    const { state } = end;
    if (state === 'pending') return end;
    await deps.store.steps.close(id, state, deps.clock.now().toISOString());
    await auditStep(acting, handler, { write, state });
    return end;
  } finally {
    await deps.store.steps.releaseLease(id, owner);
  }
}

/** Another process has the step, or has just ended it. */
async function readState({ store }: Acting['deps'], write: WriteRow, id: string): Promise<StepState> {
  const steps = await store.steps.list(write.id);
  return steps.find((step) => step.id === id)?.state ?? 'pending';
}

async function sendOrFind({ deps }: Acting, handler: StepHandler, { write, step }: Step): Promise<StepEnd> {
  try {
    const known = step.sentAt === null ? undefined : await handler.findEnd(write, step);
    if (known) return { state: known };
    // It may have been sent. Only a person may decide to send an e-mail a second time.
    if (step.sentAt !== null && !handler.isRepeatable) return { state: 'undecided' };
    return { state: await handler.send(write, step) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    deps.log.warn({ code: error.code, step: step.name }, 'a step after a document failed');
    const isRefused = error.details.proof === 'refused';
    const refusal = isRefused ? error.details.errors?.map(({ message }) => message) : undefined;
    if (handler.isRepeatable) return { state: isRefused ? 'failed' : 'pending', refusal };
    return { state: isRefused || judgeFailure(error, step) === 'refused' ? 'failed' : 'undecided', refusal };
  }
}

async function auditStep(
  { deps, principal, caller: { workspaceId, organisationId } }: Acting,
  handler: StepHandler,
  { write, state }: { write: WriteRow; state: StepState },
): Promise<void> {
  const act = handler.toAct(write);
  if (!act) return;
  const { record } = write;
  const who = describePrincipal(principal);
  await appendAudit(deps, { workspaceId, organisationId, ...who, record, outcome: state, ...act });
}

/** Like a write, a step must be sent while we hold its lease. */
function withGate(acting: Acting, { id }: WriteStepRow, owner: string): Acting {
  const { deps, caller } = acting;
  const gate = buildSendGate(deps.clock, () => deps.store.steps.markSent(id, toLease(deps, owner)));
  return { ...acting, caller: { ...caller, gate } };
}
