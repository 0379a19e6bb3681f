import type { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import { requestWords } from '../words/request-words.ts';

/** The refusal of data that cannot be read. Each error names its path; an unknown member is named by its own. */
export function toUnreadable({ issues }: z.core.$ZodError, at: readonly string[] = []): AppError {
  const errors = issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    if (issue.code !== 'unrecognized_keys') return [{ path: path.join('.'), message: issue.message }];
    return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: requestWords.noMember }));
  });
  return new AppError('invalid_request', { errors });
}
