import type { FastifyInstance } from 'fastify';
import type { Crm } from '../crm.ts';
import { getUser } from '../session.ts';
import { findRecordToken } from '../sign.ts';

/**
 * The route that the loader calls through `token-url`. It answers only the signed-in user, and only for existing
 * records.
 */
export function addTokenRoute(app: FastifyInstance, crm: Crm): void {
  app.get<{ Querystring: { recordType?: string; recordId?: string } }>('/ledgerside-token', async (request, reply) => {
    const { recordType = '', recordId = '' } = request.query;
    const user = getUser(crm.data, request);
    reply.type('text/plain').header('cache-control', 'no-store').header('cross-origin-resource-policy', 'same-origin');
    if (['settings', 'sync'].includes(recordType) && !user.admin) return reply.code(403).send('Only for admins.');
    const asked = { userId: user.id, recordType, recordId, origin: app.listeningOrigin };
    const token = await findRecordToken({ ...crm, ...asked, now: crm.now() });
    return token ?? reply.code(404).send('There is no such record.');
  });
}
