import { z } from 'zod';
import { optional, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { AppError } from '#shared/app-error.ts';

/** An answer of Xero's token endpoint. `expiresAt` is an instant by our clock. */
export type TokenSet = {
  accessToken: string;
  refreshToken: string;
  expiresAt: string;
  scope: string | null;
  /** The consent that the tokens came from. A connection names the same one. */
  authEventId: string | null;
};

/** Xero's access tokens are valid for 30 minutes (source: "Token types" in Xero's developer documentation). */
const usualSeconds = 1800;
/** One year. A longer lifetime is not plausible. */
const longestSeconds = 365 * 24 * 3600;

const answerSchema = z.object({
  access_token: z.string().min(1),
  refresh_token: optionalTextSchema,
  expires_in: optional(z.coerce.number().positive().max(longestSeconds)).transform((told) => told ?? usualSeconds),
  scope: optionalTextSchema,
});

const tokenSetSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  expiresAt: z.string(),
  scope: z.string().nullable(),
  authEventId: z.string().nullable(),
});

const claimsSchema = z.object({ authentication_event_id: z.string() });

/**
 * Parses an answer of the token endpoint, either raw or as @fastify/oauth2 returns it. An answer to a refresh may omit
 * the refresh token; then the one in `previous` stays valid. Throws AppError xero_invalid_answer.
 */
export function parseTokenAnswer(raw: unknown, now: Date, previous?: TokenSet): TokenSet {
  const parsed = answerSchema.safeParse(raw);
  const refreshToken = parsed.data?.refresh_token ?? previous?.refreshToken;
  if (!parsed.success || !refreshToken) throw new AppError('xero_invalid_answer');
  return {
    accessToken: parsed.data.access_token,
    refreshToken,
    expiresAt: new Date(now.getTime() + parsed.data.expires_in * 1000).toISOString(),
    scope: parsed.data.scope ?? previous?.scope ?? null,
    authEventId: readAuthEventId(parsed.data.access_token) ?? previous?.authEventId ?? null,
  };
}

/** Throws if the text is not a token set. */
export function parseTokenSet(text: string): TokenSet {
  return tokenSetSchema.parse(JSON.parse(text));
}

/** Decoded but not verified: the token came from Xero's own token endpoint, and only Xero checks it. */
function readAuthEventId(accessToken: string): string | null {
  try {
    const payload: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const claims = claimsSchema.safeParse(payload);
    return claims.success ? claims.data.authentication_event_id : null;
  } catch {
    return null;
  }
}
