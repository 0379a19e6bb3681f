import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { requireAdmin } from '#server/use-cases/acting/principal.ts';
import { listAudit, readAudit } from '#server/use-cases/audit/list-audit.ts';
import { exportAuditRoute, listAuditRoute } from '#shared/contract/audit.ts';
import { addSessionRoute, answered } from '../api-route.ts';
import { formatAuditCsv } from './audit-csv.ts';

/** Who did what, for admins: a page at a time, or all of it as a file. */
export function addAuditRoutes(app: FastifyInstance, deps: Deps): void {
  addSessionRoute(app, deps, listAuditRoute, (person, { query }) => listAudit(deps, person, query));
  addSessionRoute(app, deps, exportAuditRoute, async (person, { query, reply }) => {
    // Before the first byte, as a refusal has no place behind it.
    requireAdmin(person);
    const day = deps.clock.now().toISOString().slice(0, 10);
    reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="ledgerside-audit-${day}.csv"`)
      // A file that breaks off ends without its end, which a browser tells from a whole one.
      .send(Readable.from(formatAuditCsv(readAudit(deps, person, query))));
    return answered;
  });
}
