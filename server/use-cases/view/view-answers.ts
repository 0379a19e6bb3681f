import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Deps } from '#server/deps.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { prepareView, toView, type ViewOptions } from './get-view.ts';
import { findViewKey } from './view-facts.ts';

export type ViewAnswer = { body: string; etag: string | null };

const heldBytes = 64 * 1024 * 1024;

/**
 * Views as bytes. The bytes of figures that are whole and not stale are kept under all facts they were rendered from and
 * the ledger's versions. Whatever moves, moves the key; nothing is ever thrown out by hand. The ETag names the bytes and
 * not the key, which moves with what this user may not see, as bills.
 */
export function buildViewAnswers(deps: Deps) {
  const held = new LRUCache<string, { body: string; etag: string }>({
    maxSize: heldBytes,
    sizeCalculation: ({ body }) => body.length + 300,
  });

  return async function readViewAnswer(person: Person, options: ViewOptions): Promise<ViewAnswer> {
    const prepared = await prepareView(deps, person, options);
    if ('view' in prepared) return { body: JSON.stringify(prepared.view), etag: null };
    const { acting, facts } = prepared;
    const key = options.isFresh ? null : await findViewKey(acting, facts);
    const known = key === null ? undefined : held.get(key);
    if (known) return known;
    const view = await toView(prepared, options);
    const body = JSON.stringify(view);
    // An error carries the request's own id.
    const isWhole = 'stale' in view && !view.stale && !view.error;
    // The ledger may have learned something between the key and the figures.
    const isKept = key !== null && isWhole && key === (await findViewKey(acting, facts));
    if (!isKept) return { body, etag: null };
    const answer = { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
    held.set(key, answer);
    return answer;
  };
}
