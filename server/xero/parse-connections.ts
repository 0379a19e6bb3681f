import { z } from 'zod';
import { optionalTextSchema } from './fields.ts';
import type { XeroConnection } from './gateway.ts';
import { readAnswer } from './read-answer.ts';
import type { XeroAnswer } from './xero-answer.ts';

const connectionsSchema = z.array(
  z.object({
    id: z.guid(),
    tenantId: z.guid(),
    tenantType: optionalTextSchema,
    tenantName: optionalTextSchema,
    authEventId: optionalTextSchema,
  }),
);

/** Organisations only: a practice has no accounts to read. */
export function parseConnections(answer: XeroAnswer): XeroConnection[] {
  return readAnswer(answer, connectionsSchema)
    .filter(({ tenantType }) => tenantType === null || tenantType === 'ORGANISATION')
    .map(({ tenantType: _, ...connection }) => connection);
}
