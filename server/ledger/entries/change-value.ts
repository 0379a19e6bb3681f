import type { Cache } from '#server/cache/cache.ts';

/**
 * A few processes rarely change the same value at once. After losing this many races, give up and let the others write.
 */
const mostAttempts = 20;
/** How long the last good figures are kept. */
const keepSeconds = 3 * 24 * 3600;

export type ChangingCache = Pick<Cache, 'get' | 'setIf'>;

/**
 * Reads a value, changes it and writes it back. Retries when another process wrote in between. `update` returns
 * undefined, or the same value, to change nothing. Returns the value that is stored afterwards. Rejects while the cache
 * is unavailable.
 */
export async function changeValue<T>(
  cache: ChangingCache,
  { key, parse }: { key: string; parse(text: string | undefined): T | undefined },
  update: (known: T | undefined) => T | undefined,
): Promise<T | undefined> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const value = await cache.get(key);
    const known = parse(value);
    const next = update(known);
    if (next === undefined || next === known) return known;
    if (await cache.setIf({ key, value }, [[key, JSON.stringify(next)]], keepSeconds)) return next;
  }
  return parse(await cache.get(key));
}
