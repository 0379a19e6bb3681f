import { DatabaseError } from 'pg';

/**
 * What the server or the way to it does, not the code: connection lost (08), refused (28), out of resources (53),
 * shut down, starting or cancelled (57), failing disk (58), failed over to a read-only copy (25006), deadlock or
 * serialisation (40), lock timeout (55P03), database missing (3D000). Source: PostgreSQL manual, appendix A.
 */
const awayStates = /^(08|28|53|57|58|40|25006|55P03|3D000)/;

/** The driver gives no code to its own errors: whatever is no answer of the server speaks of the connection. */
export const isPostgresAway = (error: unknown): boolean =>
  error instanceof DatabaseError ? awayStates.test(error.code ?? '') : !(error instanceof TypeError);
