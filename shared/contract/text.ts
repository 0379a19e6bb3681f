import { z } from 'zod';

/** Text that every database keeps as it is: Postgres takes no NUL, and halves of a character would not come back. */
export function textSchema(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be well-formed text');
}

/** An address that may stand behind a link: a page on the web, never a script or a file. */
export const linkSchema = z.string().regex(/^https?:\/\//);
