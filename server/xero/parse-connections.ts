import { z } from 'zod';
import { optionalTextSchema } from './fields.ts';
import type { XeroConnection } from './gateway.ts';
import { readAnswer } from './read-answer.ts';
import { readRows } from './read-rows.ts';
import type { XeroAnswer } from './xero-answer.ts';

const connectionSchema = z.object({
  id: z.guid(),
  tenantId: z.guid(),
  tenantType: optionalTextSchema,
  tenantName: optionalTextSchema,
  authEventId: optionalTextSchema,
});

/** Organisations only: a practice has no accounts to read. `faults` are of rows that could not be read. */
export function parseConnections(answer: XeroAnswer): { connections: XeroConnection[]; faults: string[] } {
  const { rows, faults } = readRows(readAnswer(answer, z.array(z.unknown())), connectionSchema);
  const connections = rows
    .filter(({ tenantType }) => tenantType === null || tenantType === 'ORGANISATION')
    .map(({ tenantType: _, ...connection }) => connection);
  return { connections, faults };
}
