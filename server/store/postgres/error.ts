import { DatabaseError } from 'pg';

/**
 * Errors of the server or the connection, not of our code: connection lost (08), refused (28), out of resources (53),
 * shut down, starting or cancelled (57), failing disk (58), failed over to a read-only copy (25006), deadlock or
 * serialisation (40), lock timeout (55P03), database missing (3D000). Source: PostgreSQL manual, appendix A.
 */
const awayStates = /^(08|28|53|57|58|40|25006|55P03|3D000)/;

/** The driver's own errors have no code. An error that is not a server's answer is about the connection. */
export function isPostgresAway(error: unknown): boolean {
  return error instanceof DatabaseError ? awayStates.test(error.code ?? '') : !(error instanceof TypeError);
}
