import { AppError } from '#shared/app-error.ts';

/**
 * Calls a database driver and translates its errors, keeping the cause. An unavailable or busy database becomes
 * `unavailable`, a full disk becomes `storage_full`. Anything else (a constraint, a syntax error) is our own bug and is
 * rethrown unchanged.
 */
export async function translated<T>(isAway: (error: unknown) => boolean, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw translate(isAway, error);
  }
}

/** The same for synchronous drivers. */
export function translatedSync<T>(isAway: (error: unknown) => boolean, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw translate(isAway, error);
  }
}

/** The driver's error code, such as `SQLITE_BUSY`, `57P01` or `ECONNREFUSED`; empty when there is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function translate(isAway: (error: unknown) => boolean, error: unknown): unknown {
  return isAway(error) ? new AppError(isFull(error) ? 'storage_full' : 'unavailable', { cause: error }) : error;
}

/** SQLITE_FULL, and Postgres's disk_full. Sources: sqlite.org/rescode.html; PostgreSQL manual, appendix A. */
function isFull(error: unknown): boolean {
  return /^(SQLITE_FULL|53100)/.test(codeOf(error));
}
