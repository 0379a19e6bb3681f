import { z } from 'zod';
import { errorCodes } from './error-catalogue.ts';

/** The RFC 9457 problem document of every failed request, as `application/problem+json`. */
export const problemSchema = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(errorCodes),
  requestId: z.string(),
  detail: z.string().optional(),
  retryAfterSeconds: z.number().optional(),
  /** `code` and `values`: for clients with sentences of their own. Xero's messages have neither. */
  errors: z
    .array(
      z.object({
        path: z.string(),
        message: z.string(),
        code: z.string().optional(),
        values: z.record(z.string(), z.string()).optional(),
      }),
    )
    .optional(),
});

export type Problem = z.infer<typeof problemSchema>;
