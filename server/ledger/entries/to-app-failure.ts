import { AppError } from '#shared/app-error.ts';

export function toAppFailure(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
