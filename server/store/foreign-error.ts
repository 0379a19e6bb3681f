import { AppError } from '#shared/app-error.ts';

/**
 * Runs a call into a database driver. An error that says the database is away or busy becomes `unavailable`, one that
 * says its disk is full `storage_full`, each with its cause; anything else (a constraint, a syntax error) is our own
 * mistake and passes as it is.
 */
export const translated = async <T>(isAway: (error: unknown) => boolean, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (error) {
    throw translate(isAway, error);
  }
};

/** The same for drivers that answer at once. */
export const translatedSync = <T>(isAway: (error: unknown) => boolean, call: () => T): T => {
  try {
    return call();
  } catch (error) {
    throw translate(isAway, error);
  }
};

/** The driver's own code of an error, such as `SQLITE_BUSY`, `57P01` or `ECONNREFUSED`; empty when it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const translate = (isAway: (error: unknown) => boolean, error: unknown): unknown =>
  isAway(error) ? new AppError(isFull(error) ? 'storage_full' : 'unavailable', { cause: error }) : error;

/** SQLITE_FULL, and Postgres's disk_full. Sources: sqlite.org/rescode.html; PostgreSQL manual, appendix A. */
const isFull = (error: unknown): boolean => /^(SQLITE_FULL|53100)/.test(codeOf(error));
