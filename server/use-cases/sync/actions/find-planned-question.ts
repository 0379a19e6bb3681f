import { z } from 'zod';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow } from '#server/store/tables/records/record-store.ts';
import { type RecordQuestion, recordQuestionSchema } from '#shared/contract/sync/record.ts';

/** So many of an organisation's runs are looked through. */
const newest = 50;

const detailsSchema = z.object({ question: recordQuestionSchema.nullable() });

/**
 * The question that a dry run found for a record which does not ask it yet. Its id says what it is about, so that an
 * answer counts for exactly this question, when the record is sent.
 */
export async function findPlannedQuestion(
  { runs }: Pick<Repositories, 'runs'>,
  { workspaceId, organisationId, kind, key }: RecordRow,
  questionId: string | undefined,
): Promise<RecordQuestion | undefined> {
  if (questionId === undefined) return undefined;
  for (const run of await runs.list({ workspaceId, organisationId }, { limit: newest })) {
    if (!run.dryRun || (run.kind !== null && run.kind !== kind)) continue;
    const row = await runs.findRow(run.id, { kind, key });
    const { question } = row ? detailsSchema.parse(JSON.parse(row.details)) : { question: null };
    if (question?.id === questionId) return question;
  }
  return undefined;
}
