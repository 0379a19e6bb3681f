import type { Cache } from '#server/cache/cache.ts';

/** A handful of processes change a value now and then; who loses this often leaves it to the others. */
const mostAttempts = 20;
/** As long as last good figures are kept. */
const keepSeconds = 3 * 24 * 3600;

export type ChangingCache = Pick<Cache, 'get' | 'setIf'>;

/**
 * Reads a value, changes it and writes it back, again as long as somebody else was quicker. `update` answers undefined,
 * or the same, to leave it. Answers what stands there then; rejects while the cache is away.
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
