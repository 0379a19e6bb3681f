import { scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Clock } from '#server/clock.ts';
import { type EnvironmentWorkspace, workspaceIdSchema } from '#server/config.ts';
import { type Sealer, UnknownKeyError } from '#server/sealing.ts';
import type { Store } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';

/** `generation` tells a key from a later one of the same name. Keys stored by earlier releases have none. */
const named = { kid: z.string().optional(), generation: z.string().optional() };
/** A key that verifies record tokens: `secret` for HS256, `jwk` (public) for ES256 and EdDSA. */
export const workspaceKeySchema = z.discriminatedUnion('alg', [
  z.object({ alg: z.literal('HS256'), ...named, secret: z.string() }),
  z.object({ alg: z.literal('ES256'), ...named, jwk: z.record(z.string(), z.string()) }),
  z.object({ alg: z.literal('EdDSA'), ...named, jwk: z.record(z.string(), z.string()) }),
]);
export type WorkspaceKey = z.infer<typeof workspaceKeySchema>;

export type Workspace = { id: string; name: string; origins: string[]; keys: WorkspaceKey[] };

export type Workspaces = {
  find(id: string): Promise<Workspace | undefined>;
  /** Whether the workspace still has the key of this generation. A removed key may count as present for 2 s more. */
  isLive(id: string, keyGeneration: string): Promise<boolean>;
  /** Whether the workspace exists; it then cannot be removed until the transaction of `store` ends. */
  hold(store: Pick<Store, 'workspaces'>, id: string): Promise<boolean>;
};

/** The environment's workspace first, then those added by `npm run workspace -- add`. */
export function buildWorkspaces(deps: {
  environment: EnvironmentWorkspace | null;
  store: Pick<Store, 'workspaces'>;
  sealer: Sealer;
  clock: Pick<Clock, 'now'>;
}): Workspaces {
  const { environment, store, sealer, clock } = deps;
  const own = environment && rememberOnce(() => toWorkspace(environment));
  async function find(id: string): Promise<Workspace | undefined> {
    if (environment?.id === id) return own?.();
    // Text that cannot be an id is not looked up, because Postgres rejects NUL characters.
    const row = workspaceIdSchema.safeParse(id).success ? await store.workspaces.find(id) : undefined;
    if (!row) return undefined;
    const keys = z.array(workspaceKeySchema).parse(JSON.parse(openKeys(sealer, id, row.sealedKeys)));
    return { id: row.id, name: row.name, origins: row.origins, keys };
  }
  return {
    find,
    isLive: buildIsLive({ find, clock }),
    hold: async (transaction, id) => environment?.id === id || transaction.workspaces.hold(id),
  };
}

async function toWorkspace({ id, name, origins, secret, previousSecret }: EnvironmentWorkspace): Promise<Workspace> {
  const secrets = previousSecret === null ? [secret] : [secret, previousSecret];
  const toKey = async (one: string) =>
    ({ alg: 'HS256', secret: one, generation: await toGeneration(id, one) }) satisfies WorkspaceKey;
  return { id, name, origins, keys: await Promise.all(secrets.map(toKey)) };
}

const slowHash = promisify<string, string, number, Buffer>(scrypt);

/**
 * The same in every process and after every start, so that sessions survive both and end when the secret changes. It is
 * stored with each session, so it uses a slow hash: nobody can use it to guess the secret.
 */
async function toGeneration(workspaceId: string, secret: string): Promise<string> {
  return (await slowHash(secret, `ledgerside-key:${workspaceId}`, 18)).toString('base64url');
}

/** Names the key that a session began with. */
export function generationOf({ generation, kid }: WorkspaceKey): string {
  return generation ?? `kid:${kid ?? ''}`;
}

/**
 * How long this process remembers which keys exist, because every request asks. A missing key is always looked up
 * again.
 */
const believedMs = 2_000;
const mostRemembered = 1_000;

function buildIsLive({ find, clock }: { find: Workspaces['find']; clock: Pick<Clock, 'now'> }): Workspaces['isLive'] {
  const known = new LRUCache<string, { atMs: number; generations: Promise<string[]> }>({ max: mostRemembered });
  const read = async (id: string) => (await find(id))?.keys.map(generationOf) ?? [];
  return async (id, keyGeneration) => {
    const nowMs = clock.now().getTime();
    const remembered = known.get(id);
    // Absolute difference, because otherwise a clock that was set back would extend the time.
    const isFresh = remembered !== undefined && Math.abs(nowMs - remembered.atMs) < believedMs;
    if (isFresh && (await remembered.generations).includes(keyGeneration)) return true;
    const generations = read(id);
    known.set(id, { atMs: nowMs, generations });
    // After a failed read, the next request reads again.
    generations.catch(() => known.delete(id));
    return (await generations).includes(keyGeneration);
  };
}

function rememberOnce<T>(read: () => Promise<T>): () => Promise<T> {
  let known: Promise<T> | undefined;
  return () => {
    known ??= read().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

/** Another process may have the encryption key that this one lacks. */
function openKeys(sealer: Sealer, id: string, sealedKeys: string): string {
  try {
    return sealer.open(sealedKeys, keysContext(id));
  } catch (cause) {
    throw cause instanceof UnknownKeyError ? new AppError('unavailable', { cause }) : cause;
  }
}

/** The context that sealed keys are bound to, so that one workspace's row cannot be used for another. */
export function keysContext(workspaceId: string): string {
  return `workspace-keys:${workspaceId}`;
}
