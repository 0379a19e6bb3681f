import type { Deps } from '#server/deps.ts';
import { type Backend, verifyBackendToken } from '#server/identity/verify-backend-token.ts';

/**
 * Returns the workspace whose backend sent `Authorization: Bearer {token}`, and counts the request. Rejects with the
 * code that says what is wrong, or too_many_requests.
 */
export async function acceptBackend(
  { workspaces, config, clock, backendBudget }: Deps,
  authorization: string | undefined,
): Promise<Backend> {
  const [scheme, token] = authorization?.split(' ') ?? [];
  const bearer = scheme?.toLowerCase() === 'bearer' ? token : undefined;
  const backend = await verifyBackendToken(bearer, { workspaces, publicUrl: config.publicUrl, clock });
  backendBudget.take(backend.workspace.id, 1);
  return backend;
}
