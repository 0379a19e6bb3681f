import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Deps } from '#server/deps.ts';
import { isOfTravellingRecord } from '#server/identity/claims.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { viewOwnRecord } from '#server/use-cases/sync/records/get-record.ts';
import { prepareView, toView, type ViewOptions } from './get-view.ts';
import { findViewKey } from './view-facts.ts';

export type ViewAnswer = { body: string; etag: string | null };

const heldBytes = 64 * 1024 * 1024;
/** A string with a character beyond Latin-1 takes two bytes per character in memory. */
const bytesPerCharacter = 2;

/**
 * Caches views as bytes. Complete and fresh figures are cached under all facts that they were rendered from and the
 * ledger's versions. Any change changes the key, so nothing is ever removed by hand. The ETag names the bytes and not
 * the key, because the key also changes with things that this user may not view, such as bills.
 */
export function buildViewAnswers(deps: Deps) {
  const held = new LRUCache<string, { body: string; etag: string }>({
    maxSize: heldBytes,
    sizeCalculation: ({ body }) => bytesPerCharacter * body.length + 300,
  });

  return async function readViewAnswer(person: Person, options: ViewOptions): Promise<ViewAnswer> {
    if (isOfTravellingRecord(person.session.claims)) {
      return { body: JSON.stringify(await viewOwnRecord(deps, person)), etag: null };
    }
    const prepared = await prepareView(deps, person, options);
    if ('view' in prepared) return { body: JSON.stringify(prepared.view), etag: null };
    const { facts, source } = prepared;
    const key = options.isFresh ? null : await findViewKey(facts, source);
    const known = key === null ? undefined : held.get(key);
    if (known) return known;
    const view = await toView(prepared, options);
    const body = JSON.stringify(view);
    // An error contains the request's own id, so it is not cached.
    const isWhole = 'stale' in view && !view.stale && !view.error;
    // The ledger may have changed between reading the key and the figures.
    const isKept = key !== null && isWhole && key === (await findViewKey(facts, source));
    if (!isKept) return { body, etag: null };
    const answer = { body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` };
    held.set(key, answer);
    return answer;
  };
}
