import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { notFound } from '../errors.ts';
import { toFields } from '../fields.ts';
import type { Sandbox } from '../state.ts';
import type { Connection, Grant } from './identity.ts';
import { requireGrant } from './tokens.ts';

export function addConnectionRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/connections', async (request) => {
    const grant = await requireGrant(sandbox, request.headers.authorization);
    const { authEventId } = toFields(request.query);
    return sandbox.state.identity.connections
      .filter((connection) => connection.userId === grant.userId)
      .filter((connection) => authEventId === undefined || connection.authEventId === authEventId)
      .map((connection) => toWire(sandbox, connection));
  });

  app.delete<{ Params: { id: string } }>('/connections/:id', async (request, reply) => {
    const grant = await requireGrant(sandbox, request.headers.authorization);
    const { identity } = sandbox.state;
    const found = identity.connections.find(({ id, userId }) => id === request.params.id && userId === grant.userId);
    if (!found) throw notFound();
    identity.connections = identity.connections.filter((connection) => connection !== found);
    return reply.status(204).send();
  });
}

/** Connecting an organisation again keeps the connection and its id, which then belongs to the later consent. */
export function connect({ state: { identity }, clock }: Sandbox, grant: Grant, tenantIds: string[]): void {
  for (const tenantId of tenantIds) {
    const known = identity.connections.find((one) => one.tenantId === tenantId && one.userId === grant.userId);
    const change = { authEventId: grant.authEventId, updatedAt: clock.now() };
    if (known) Object.assign(known, change);
    else {
      const made = { id: randomUUID(), tenantId, userId: grant.userId, createdAt: clock.now() };
      identity.connections.push({ ...made, ...change });
    }
  }
}

function toWire({ state }: Sandbox, connection: Connection) {
  return {
    id: connection.id,
    authEventId: connection.authEventId,
    tenantId: connection.tenantId,
    tenantType: 'ORGANISATION',
    tenantName: state.organisations.find(({ tenantId }) => tenantId === connection.tenantId)?.name ?? '',
    createdDateUtc: withoutZone(connection.createdAt),
    updatedDateUtc: withoutZone(connection.updatedAt),
  };
}

/** Seven decimals of a second and no zone, as Xero writes these two. */
function withoutZone(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}0000`;
}
