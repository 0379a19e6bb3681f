import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Deps } from '#server/deps.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { getView } from './get-view.ts';
import { findViewKey } from './view-key.ts';

export type ViewAnswer = { body: string; etag: string | null };

const heldBytes = 64 * 1024 * 1024;

/**
 * Views as bytes. The bytes of figures that are whole and not stale are kept under everything they depend on: ledger versions,
 * links, rights, the records the session names, a deal's claims and choices, the organisation and its date. Whatever moves, moves the
 * key; nothing is ever thrown out by hand. The ETag names the bytes and not the key, which moves with what this user may
 * not see, as bills.
 */
export function buildViewAnswers(deps: Deps) {
  const held = new LRUCache<string, { body: string; etag: string }>({
    maxSize: heldBytes,
    sizeCalculation: ({ body }) => body.length + 300,
  });

  return async function readViewAnswer(actor: Actor, options: { isFresh: boolean }): Promise<ViewAnswer> {
    const key = options.isFresh ? null : await findViewKey(deps, actor);
    const known = key === null ? undefined : held.get(key);
    if (known) return known;
    const view = await getView(deps, actor, options);
    const body = JSON.stringify(view);
    // An error carries the request's own id.
    const isWhole = 'stale' in view && !view.stale && !view.error;
    const isKept = key !== null && isWhole && key === (await findViewKey(deps, actor));
    if (!isKept) return { body, etag: null };
    const answer = { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
    held.set(key, answer);
    return answer;
  };
}
