import { AppError } from '#shared/app-error.ts';

export function toFailure(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal', { cause: error });
}
