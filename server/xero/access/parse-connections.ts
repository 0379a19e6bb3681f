import { z } from 'zod';
import { optionalTextSchema } from '#server/xero/answers/fields.ts';
import { readAnswer } from '#server/xero/answers/read-answer.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { XeroConnection } from '#server/xero/gateway.ts';

const connectionSchema = z.object({
  id: z.guid(),
  tenantId: z.guid(),
  tenantType: optionalTextSchema,
  tenantName: optionalTextSchema,
  authEventId: optionalTextSchema,
});

/**
 * Keeps organisations only, because a practice has no accounts to read. `faults` describe rows that could not be
 * parsed.
 */
export function parseConnections(answer: XeroAnswer): { connections: XeroConnection[]; faults: string[] } {
  const { rows, faults } = readRows(readAnswer(answer, z.array(z.unknown())), connectionSchema);
  const connections = rows
    .filter(({ tenantType }) => tenantType === null || tenantType === 'ORGANISATION')
    .map(({ tenantType: _, ...connection }) => connection);
  return { connections, faults };
}
