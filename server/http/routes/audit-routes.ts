import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Deps } from '#server/deps.ts';
import { requireAdmin } from '#server/use-cases/acting/principal.ts';
import { listAudit, readAudit } from '#server/use-cases/audit/list-audit.ts';
import { exportAuditRoute, listAuditRoute } from '#shared/contract/audit.ts';
import { addSessionRoute, answered } from '../api-route.ts';
import { formatAuditCsv } from './audit-csv.ts';

/** The audit for admins: one page at a time, or all of it as a file. */
export function addAuditRoutes(app: FastifyInstance, deps: Deps): void {
  addSessionRoute(app, deps, listAuditRoute, (person, { query }) => listAudit(deps, person, query));
  addSessionRoute(app, deps, exportAuditRoute, async (person, { query, reply }) => {
    // Before the first byte, because a refusal cannot follow it.
    requireAdmin(person);
    const day = deps.clock.now().toISOString().slice(0, 10);
    reply
      .type('text/csv; charset=utf-8; header=present')
      .header('content-disposition', `attachment; filename="ledgerside-audit-${day}.csv"`)
      // If the file breaks off, its last chunk is missing, and the browser reports an incomplete download.
      .send(Readable.from(formatAuditCsv(readAudit(deps, person, query))));
    return answered;
  });
}
