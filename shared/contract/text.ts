import { z } from 'zod';

/**
 * Text that every database stores unchanged: Postgres rejects NUL, and half of a surrogate pair would come back
 * changed.
 */
export function textSchema(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be well-formed text');
}

/** A web address that is safe in a link, never a script or a file. */
export const linkSchema = z.string().regex(/^https?:\/\//);
