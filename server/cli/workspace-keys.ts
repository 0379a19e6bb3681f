import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { workspaceSecretSchema } from '#server/config.ts';
import { keysContext, type WorkspaceKey, workspaceKeySchema } from '#server/identity/workspaces.ts';
import type { Sealer } from '#server/sealing.ts';
import type { Store, WorkspaceRow } from '#server/store/store.ts';

type KeyDeps = { store: Pick<Store, 'workspaces' | 'sealed'>; sealer: Sealer };

const kidSchema = z.string().regex(/^[\x21-\x7e]{1,100}$/, '--kid is 1 to 100 printable characters without spaces');
const coordinate = z.string().regex(/^[\w-]{43}$/, 'is not a coordinate of 32 bytes');
/** Accepts public keys only. Strict objects refuse a private key. */
const publicKeySchema = z.union([
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: coordinate, y: coordinate }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: coordinate }),
]);

/** Adds a key to a workspace without replacing the others: `secret` for HS256, `jwk` (JSON) for ES256 or EdDSA. */
export async function addKey(deps: KeyDeps, id: string, given: { kid?: string; secret?: string; jwk?: string }) {
  const kid = kidSchema.parse(given.kid);
  const { row, keys } = await readKeys(deps, id);
  if (keys.some((key) => key.kid === kid)) throw new Error(`workspace ${id} already has a key ${kid}`);
  await writeKeys(deps, row, [...keys, { ...toKey(kid, given), generation: newGeneration() }]);
}

/**
 * Removes a key. Tokens signed with it are refused from then on, and sessions that began with it end within seconds.
 * Without `kid`, removes the key that has no name. The last key cannot be removed.
 */
export async function removeKey(deps: KeyDeps, id: string, kid: string | undefined): Promise<void> {
  const { row, keys } = await readKeys(deps, id);
  const left = keys.filter((key) => key.kid !== kid);
  if (left.length === keys.length) throw new Error(`workspace ${id} has no key ${kid ?? 'without a kid'}`);
  if (left.length === 0) throw new Error(`it is the only key of workspace ${id}: add another one first`);
  await writeKeys(deps, row, left);
}

export async function listKeys(deps: KeyDeps, id: string): Promise<{ kid: string | null; alg: string }[]> {
  return (await readKeys(deps, id)).keys.map(({ kid, alg }) => ({ kid: kid ?? null, alg }));
}

function toKey(kid: string, { secret, jwk }: { secret?: string; jwk?: string }): WorkspaceKey {
  if (secret !== undefined) return { alg: 'HS256', kid, secret: workspaceSecretSchema.parse(secret) };
  const { kty, crv, ...point } = publicKeySchema.parse(JSON.parse(jwk ?? 'null'));
  return { alg: kty === 'EC' ? 'ES256' : 'EdDSA', kid, jwk: { kty, crv, ...point } };
}

async function getRow({ store }: KeyDeps, id: string) {
  const row = await store.workspaces.find(id);
  if (!row)
    throw new Error(`no such workspace: ${id} (to rotate the environment’s own key, use WORKSPACE_SECRET_PREVIOUS)`);
  return row;
}

async function readKeys(deps: KeyDeps, id: string): Promise<{ row: WorkspaceRow; keys: WorkspaceKey[] }> {
  const row = await getRow(deps, id);
  const text = deps.sealer.open(row.sealedKeys, keysContext(id));
  return { row, keys: z.array(workspaceKeySchema).parse(JSON.parse(text)) };
}

/** Writes only if nobody changed the keys meanwhile, so that a key removed a moment ago does not come back. */
async function writeKeys({ store, sealer }: KeyDeps, row: WorkspaceRow, keys: readonly WorkspaceKey[]): Promise<void> {
  const found = { place: 'workspace' as const, workspaceId: row.id, text: row.sealedKeys };
  const isWritten = await store.sealed.replace(found, sealer.seal(JSON.stringify(keys), keysContext(row.id)));
  if (!isWritten) throw new Error(`the keys of workspace ${row.id} were changed at the same moment: try again`);
}

/** Tells a key from an earlier or later one of the same name, so that a session ends with its own key. */
export function newGeneration(): string {
  return randomBytes(12).toString('base64url');
}
