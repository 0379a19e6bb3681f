import type { RecordSummary } from '#shared/contract/sync/record.ts';

/** Nothing more happens to it by itself, except that a problem is tried again. */
export function isAtRest({ state, also }: RecordSummary): boolean {
  return state !== 'waiting' && !(state === 'synced' && also.some((one) => one.state !== 'done'));
}

/** It neither rests, nor says why not and what happens next. */
export function isSilent(record: RecordSummary): boolean {
  const { state, reason, problem, question, excluded, nextTryAt, also } = record;
  if (state === 'synced') return also.some((one) => one.state !== 'done') && nextTryAt === null;
  if (state === 'waiting') return reason === null || nextTryAt === null;
  if (state === 'problem') return problem === null || nextTryAt === null;
  if (state === 'question') return question === null;
  if (state === 'excluded') return excluded === null;
  return state !== 'changed' && state !== 'unsupported';
}
