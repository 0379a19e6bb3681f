import type { StepName, StepState, WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { runSteps } from '#server/use-cases/writes/steps/run-steps.ts';
import type { Written } from '#server/use-cases/writes/write-handler.ts';
import { AppError } from '#shared/app-error.ts';
import type { CreatedDocument, DocumentWarning } from '#shared/contract/document.ts';
import { compareDecimals } from '#shared/money.ts';
import { buildStepHandlers } from './step-handlers.ts';
import { parseStoredDocument, type StoredDocument, toDocumentAnswer } from './stored-document.ts';
import { parseDetails } from './write-details.ts';

/** Runs once the document exists: updates the figures, runs the steps, and returns what is still open. */
export async function finishDocument(
  acting: PersonActing,
  { write, made }: Written<StoredDocument>,
): Promise<CreatedDocument> {
  const { deps, caller } = acting;
  await deps.ledger.merge(caller.organisationId, made);
  const { previewTotal } = parseDetails(write);
  const differs = previewTotal !== null && compareDecimals(previewTotal, made.total) !== 0;
  const { warnings, ...rest } = await runSteps(acting, write, buildStepHandlers).then(describeSteps, leaveOpen(deps));
  return {
    document: toDocumentAnswer(acting, made),
    previewTotal,
    warnings: differs ? ['total_differs', ...warnings] : warnings,
    ...rest,
  };
}

type StepsAnswer = Pick<CreatedDocument, 'warnings' | 'emailRefusal'>;

/** What a person should know about steps that are not done. */
function describeSteps(ends: Awaited<ReturnType<typeof runSteps>>): StepsAnswer {
  const warnings = ends.flatMap(({ name, state }) => toWarning(name, state) ?? []);
  const refusal = ends.find(({ name }) => name === 'email')?.refusal;
  return { warnings, ...(refusal?.length && { emailRefusal: refusal }) };
}

function toWarning(name: StepName, state: StepState): DocumentWarning | undefined {
  if (state === 'done') return undefined;
  if (name === 'history') return 'history_pending';
  if (name === 'mark_invoiced') return markWarnings[state];
  // Pending: another request is sending it. Saying that it failed would make the person send it once more.
  return state === 'failed' ? 'email_failed' : 'email_unknown';
}

const markWarnings = {
  changed: 'quote_differs',
  failed: 'quote_failed',
  pending: 'quote_pending',
  undecided: 'quote_pending',
} as const;

/** The document exists. A store that fails now must not suggest otherwise. The note is retried later. */
function leaveOpen({ log }: Pick<PersonActing['deps'], 'log'>) {
  return (error: unknown): StepsAnswer => {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error }, 'the steps after a document could not be started');
    return { warnings: ['history_pending'] };
  };
}

export function toAlreadyCreated(acting: PersonActing, write: WriteRow): AppError {
  const document = toDocumentAnswer(acting, parseStoredDocument(write.result ?? ''));
  return new AppError('already_created', { extension: { document } });
}
