import type { WriteRow } from '#server/store/store.ts';
import { runSteps, type StepsEnd } from '#server/use-cases/writes/run-steps.ts';
import type { Written } from '#server/use-cases/writes/write-handler.ts';
import type { Writing } from '#server/use-cases/writes/writing.ts';
import { AppError } from '#shared/app-error.ts';
import type { CreatedDocument } from '#shared/contract/document.ts';
import { compareDecimals } from '#shared/money.ts';
import { parseDetails } from './document-details.ts';
import { parseStoredDocument, type StoredDocument, toDocumentAnswer } from './stored-document.ts';

/** After the document stands: the figures know it at once, its steps follow, and the answer says what is open. */
export async function finishDocument(
  writing: Writing,
  { write, made }: Written<StoredDocument>,
): Promise<CreatedDocument> {
  const { deps, caller } = writing;
  await deps.ledger.merge(caller.organisationId, made);
  const { previewTotal } = parseDetails(write);
  const differs = previewTotal !== null && compareDecimals(previewTotal, made.total) !== 0;
  const { warnings, ...rest } = await runSteps(writing, write).catch(leaveOpen(deps));
  return {
    document: toDocumentAnswer(writing, made),
    previewTotal,
    warnings: differs ? ['total_differs', ...warnings] : warnings,
    ...rest,
  };
}

/** The document stands: a store that fails now must not make it look as if it did not. The note is repeated later. */
function leaveOpen({ log }: Pick<Writing['deps'], 'log'>) {
  return (error: unknown): StepsEnd => {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error }, 'what follows a document could not be begun');
    return { warnings: ['history_pending'] };
  };
}

export function toAlreadyCreated(writing: Writing, write: WriteRow): AppError {
  const document = toDocumentAnswer(writing, parseStoredDocument(write.result ?? ''));
  return new AppError('already_created', { extension: { document } });
}
