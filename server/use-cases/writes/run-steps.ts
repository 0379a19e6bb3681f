import type { Deps } from '#server/deps.ts';
import type { StepName, StepState, WriteRow, WriteStepRow } from '#server/store/store.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { buildStepHandlers } from '#server/use-cases/documents/step-handlers.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { CreatedDocument, DocumentWarning } from '#shared/contract/document.ts';
import { auditStep } from './audit-step.ts';
import { judgeFailure } from './judge-failure.ts';
import { buildSendGate } from './send-gate.ts';
import { newOwner, toLease } from './under-lease.ts';

/** Without an actor nobody waits for it. */
export type Stepping = { deps: Deps; caller: XeroCaller; actor?: Actor };

/** What a step came to; where Xero refused it just now, in Xero's own words too. */
type StepEnd = { state: StepState; refusal?: string[] };
export type StepsEnd = Pick<CreatedDocument, 'warnings' | 'emailRefusal'>;

/** What follows a document, each step alone: answers what a person should know of those that are not done. */
export async function runSteps(stepping: Stepping, write: WriteRow): Promise<StepsEnd> {
  const steps = await stepping.deps.store.steps.list(write.id);
  const ends = await Promise.all(
    steps.map(async (step) => ({ name: step.name, ...(isOpen(step) ? await runStep(stepping, write, step) : step) })),
  );
  const warnings = ends.flatMap(({ name, state }) => toWarning(name, state) ?? []);
  const email: StepEnd | undefined = ends.find(({ name }) => name === 'email');
  return { warnings, ...(email?.refusal?.length && { emailRefusal: email.refusal }) };
}

function isOpen({ state }: WriteStepRow): boolean {
  return state === 'pending' || state === 'undecided';
}

function toWarning(name: StepName, state: StepState): DocumentWarning | undefined {
  if (state === 'done') return undefined;
  if (name === 'history') return 'history_pending';
  if (name === 'mark_invoiced') return markWarnings[state];
  return state === 'undecided' ? 'email_unknown' : 'email_failed';
}

const markWarnings = {
  changed: 'quote_differs',
  failed: 'quote_failed',
  pending: 'quote_pending',
  undecided: 'quote_pending',
} as const;

/** One step under its own lease; whatever Xero does, the document stands. */
export async function runStep(stepping: Stepping, write: WriteRow, { id }: WriteStepRow): Promise<StepEnd> {
  const { deps } = stepping;
  const owner = newOwner(deps);
  const step = await deps.store.steps.takeLease(id, toLease(deps, owner));
  if (!step) return { state: 'pending' };
  try {
    const end = await settleStep(withGate(stepping, step, owner), write, step);
    const { state } = end;
    if (state === 'pending') return end;
    await deps.store.steps.settle(id, state, deps.clock.now().toISOString());
    await auditStep(stepping, write, { name: step.name, state });
    return end;
  } finally {
    await deps.store.steps.releaseLease(id, owner);
  }
}

async function settleStep(stepping: Stepping, write: WriteRow, step: WriteStepRow): Promise<StepEnd> {
  const { deps } = stepping;
  const handler = buildStepHandlers(stepping)[step.name];
  try {
    const known = step.sentAt === null ? undefined : await handler.findEnd(write, step);
    if (known) return { state: known };
    // Sent, perhaps: to send an e-mail a second time is a person's decision.
    if (step.sentAt !== null && !handler.isRepeatable) return { state: 'undecided' };
    return { state: await handler.send(write, step) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    deps.log.warn({ code: error.code, step: step.name }, 'a step after a document did not succeed');
    const isRefused = error.details.proof === 'refused';
    const refusal = isRefused ? error.details.errors?.map(({ message }) => message) : undefined;
    if (handler.isRepeatable) return { state: isRefused ? 'failed' : 'pending', refusal };
    return { state: isRefused || judgeFailure(error, step) === 'refused' ? 'failed' : 'undecided', refusal };
  }
}

/** What a step sends must leave while the step is ours, as a write must. */
function withGate(stepping: Stepping, { id }: WriteStepRow, owner: string): Stepping {
  const { deps, caller } = stepping;
  const gate = buildSendGate(deps.clock, () => deps.store.steps.markSent(id, toLease(deps, owner)));
  return { ...stepping, caller: { ...caller, gate } };
}
