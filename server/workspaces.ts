import { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import { type EnvironmentWorkspace, workspaceIdSchema } from './config.ts';
import { type Sealer, UnknownKeyError } from './sealing.ts';
import type { Store } from './store/store.ts';

/** A key record tokens are checked with. `secret` for HS256, `jwk` (public) for ES256 and EdDSA. */
export const workspaceKeySchema = z.discriminatedUnion('alg', [
  z.object({ alg: z.literal('HS256'), kid: z.string().optional(), secret: z.string() }),
  z.object({ alg: z.literal('ES256'), kid: z.string().optional(), jwk: z.record(z.string(), z.string()) }),
  z.object({ alg: z.literal('EdDSA'), kid: z.string().optional(), jwk: z.record(z.string(), z.string()) }),
]);
export type WorkspaceKey = z.infer<typeof workspaceKeySchema>;

export type Workspace = { id: string; name: string; origins: string[]; keys: WorkspaceKey[] };

export type Workspaces = { find(id: string): Promise<Workspace | undefined> };

/** The environment's workspace first, then those added by `npm run workspace -- add`. */
export function buildWorkspaces(deps: {
  environment: EnvironmentWorkspace | null;
  store: Pick<Store, 'workspaces'>;
  sealer: Sealer;
}): Workspaces {
  const { environment, store, sealer } = deps;
  return {
    async find(id) {
      if (environment?.id === id) {
        const { secret, previousSecret, name, origins } = environment;
        const secrets = previousSecret === null ? [secret] : [secret, previousSecret];
        return { id, name, origins, keys: secrets.map((one) => ({ alg: 'HS256', secret: one })) };
      }
      // What cannot be an id is not asked for: Postgres takes no NUL.
      const row = workspaceIdSchema.safeParse(id).success ? await store.workspaces.find(id) : undefined;
      if (!row) return undefined;
      const keys = z.array(workspaceKeySchema).parse(JSON.parse(openKeys(sealer, id, row.sealedKeys)));
      return { id: row.id, name: row.name, origins: row.origins, keys };
    },
  };
}

/** Another process may have the key that this one was not given. */
function openKeys(sealer: Sealer, id: string, sealedKeys: string): string {
  try {
    return sealer.open(sealedKeys, keysContext(id));
  } catch (cause) {
    throw cause instanceof UnknownKeyError ? new AppError('unavailable', { cause }) : cause;
  }
}

/** What sealed keys are bound to, so that one workspace's row cannot serve as another's. */
export function keysContext(workspaceId: string): string {
  return `workspace-keys:${workspaceId}`;
}
