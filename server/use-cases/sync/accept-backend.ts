import type { Deps } from '#server/deps.ts';
import { type Backend, verifyBackendToken } from '#server/identity/verify-backend-token.ts';
import { AppError } from '#shared/app-error.ts';
import { syncWords } from './words.ts';

/**
 * Returns the workspace whose backend sent `Authorization: Bearer {token}`, and counts the request. Rejects with the
 * code that says what is wrong, or too_many_requests.
 */
export async function acceptBackend(
  { workspaces, config, clock, backendBudget }: Deps,
  authorization: string | undefined,
): Promise<Backend> {
  const [scheme, token] = authorization?.split(' ') ?? [];
  if (scheme?.toLowerCase() !== 'bearer' || !token) {
    throw new AppError('token_invalid', { detail: syncWords.noToken });
  }
  const backend = await verifyBackendToken(token, { workspaces, publicUrl: config.publicUrl, clock });
  backendBudget.take(backend.workspace.id, 1);
  return backend;
}
