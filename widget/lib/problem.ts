import * as z from 'zod/mini';
import type { DocumentAnswer } from '#shared/contract/document.ts';
import type { ReconnectReason } from '#shared/contract/settings.ts';
import { errorCodes } from '#shared/error-catalogue.ts';
import type { Failure } from './failure.ts';

/** The part of RFC 9457 documents that the widget reads (`problemSchema` of the contract, in zod/mini). */
const problemSchema = z.object({
  code: z.enum(errorCodes),
  requestId: z.string(),
  detail: z.optional(z.string()),
  retryAfterSeconds: z.optional(z.number()),
  // A word of our own server's.
  reason: z.optional(z.custom<ReconnectReason>((value) => typeof value === 'string')),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
  contact: z.optional(
    z.object({
      id: z.string(),
      name: z.string(),
      url: z.nullable(z.string()),
      email: z.nullable(z.string()),
      accountNumber: z.nullable(z.string()),
    }),
  ),
  write: z.optional(z.object({ id: z.string(), state: z.enum(['pending', 'undecided']) })),
  // An answer of our own server: it is not taken apart again.
  document: z.optional(z.custom<DocumentAnswer>((value) => typeof value === 'object' && value !== null)),
});

/** The failure a refused request speaks of; a proxy's HTML page on the way is told by its status alone. */
export function parseProblem(status: number, text: string): Failure {
  const parsed = problemSchema.safeParse(parseJson(text));
  if (parsed.success) return { ...parsed.data, status };
  const isGateway = status === 502 || status === 503 || status === 504;
  return { code: isGateway ? 'unavailable' : 'internal', requestId: null, status };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
