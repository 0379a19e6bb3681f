import { createHash } from 'node:crypto';

/** The same words always give the same UUID, so that a seed has the same ids in every run. */
export function stableId(...words: (string | number)[]): string {
  const hash = createHash('sha1').update(words.join('\u0000')).digest('hex');
  const variant = ((Number.parseInt(hash.slice(16, 18), 16) & 0x3f) | 0x80).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-${variant}${hash.slice(18, 20)}-${hash.slice(20, 32)}`;
}
