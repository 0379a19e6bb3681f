import { codeOf } from '../foreign-error.ts';

/** Faults of the machine, not of our code: locked by another process, disk full or failing, file missing or damaged. */
const awayCodes = ['BUSY', 'LOCKED', 'FULL', 'IOERR', 'CANTOPEN', 'READONLY', 'NOMEM', 'CORRUPT', 'NOTADB', 'PROTOCOL'];

/** Extended codes such as SQLITE_BUSY_SNAPSHOT count as their base. Source: sqlite.org/rescode.html */
export function isSqliteAway(error: unknown): boolean {
  const code = codeOf(error);
  return code.startsWith('SQLITE_') && awayCodes.includes(code.slice('SQLITE_'.length).split('_')[0] ?? '');
}
