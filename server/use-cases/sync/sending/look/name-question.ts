import { createHash } from 'node:crypto';
import type { RecordQuestion } from '#shared/contract/sync/record.ts';
import type { KindQuestion } from '../../kinds/kind.ts';
import type { RecordVersion } from '../../records/decide-record.ts';
import { findOpenAnswer, type Memory } from '../../records/memory.ts';

/**
 * Names a question by what it is about, so that an answer counts for exactly this question: with other differences or
 * other choices it is another question.
 */
export function nameQuestion(
  { kind, crmId }: Pick<RecordVersion, 'kind' | 'crmId'>,
  asked: KindQuestion,
): RecordQuestion {
  const about = JSON.stringify([kind, crmId, asked.code, asked.differences, asked.choices.map(({ id }) => id)]);
  return { id: `q_${createHash('sha256').update(about).digest('base64url').slice(0, 16)}`, ...asked };
}

/** What a person chose for this question about this version; undefined when nobody answered it yet. */
export function findAnswer(
  { memory, version }: { memory: Memory; version: Pick<RecordVersion, 'dataHash'> },
  { id }: RecordQuestion,
): string | undefined {
  const answer = findOpenAnswer(memory, version);
  return answer?.about === id ? answer.choice : undefined;
}
