import type { Deps } from '#server/deps.ts';
import { appendAudit } from './audit.ts';

/**
 * Call after a backup is restored: marks everything in it as possibly sent, and records in every workspace's audit
 * where its gap begins.
 */
export async function noteRestore(
  deps: Pick<Deps, 'store' | 'clock'>,
  environment: readonly string[],
): Promise<{ writes: number; steps: number }> {
  const { store } = deps;
  const stored = (await store.workspaces.list()).map(({ id }) => id);
  const uncertain = await store.distrustCopy(deps.clock.now().toISOString());
  for (const workspaceId of new Set([...environment, ...stored])) {
    const [newest] = await store.audit.list(workspaceId, { limit: 1 });
    await appendAudit(deps, {
      workspaceId,
      organisationId: null,
      user: { id: 'operator', name: 'Operator' },
      requestId: '',
      action: 'restore',
      outcome: 'restored',
      changes: [{ name: 'missing_since', before: null, after: newest?.at ?? null }],
    });
  }
  return uncertain;
}
