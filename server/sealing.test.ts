import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildSealer, UnknownKeyError } from './sealing.ts';

const key = randomBytes(32);
const sealer = buildSealer(key);

describe('sealing', () => {
  test('the same context opens any sealed text, which does not show', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, context) => {
        expect(sealer.open(sealer.seal(text, context), context)).toBe(text);
      }),
    );
    expect(sealer.seal('refresh-token-of-acme', 'c')).not.toContain('refresh');
  });

  test('when the same text is sealed twice, then the sealed texts differ', () => {
    expect(sealer.seal('a', 'c')).not.toBe(sealer.seal('a', 'c'));
  });

  test('when the context is another, then it does not open', () => {
    expect(() => sealer.open(sealer.seal('a', 'tokens:one'), 'tokens:two')).toThrow('belongs to another context');
  });

  test('a text with one changed character never opens to something else', () => {
    const sealed = sealer.seal('a secret', 'c');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'AZaz09_-.'), (at, character) => {
        const changed = sealed.slice(0, at) + character + sealed.slice(at + 1);
        expect(openOrRefuse(changed)).toBe(sameBytes(changed, sealed) ? 'a secret' : 'refused');
      }),
    );
  });

  test('after a rotation, only the previous key opens the old text', () => {
    const old = sealer.seal('a', 'c');
    const next = randomBytes(32);
    expect(buildSealer(next, [key]).open(old, 'c')).toBe('a');
    expect(() => buildSealer(next).open(old, 'c')).toThrow(UnknownKeyError);
    expect([sealer.keyOf(old), buildSealer(next, [key]).keyOf(old), buildSealer(next).keyOf(old)]).toEqual([
      'current',
      'previous',
      'unknown',
    ]);
  });

  test('when nothing usable is given, then it refuses without secrets', () => {
    expect(() => sealer.open('', 'c')).toThrow('unknown key');
    expect(() => sealer.open(sealer.seal('a', 'c').slice(0, 25), 'c')).toThrow('belongs to another context');
    expect(() => buildSealer(randomBytes(16))).toThrow('32 bytes, not 16');
  });
});

function openOrRefuse(sealed: string): string {
  try {
    return sealer.open(sealed, 'c');
  } catch {
    return 'refused';
  }
}

/** Compares decoded bytes, because spare bits in the last base64 character let two texts stand for the same bytes. */
function sameBytes(a: string, b: string): boolean {
  const toBytes = (text: string) =>
    text
      .split('.')
      .map((part, index) => (index < 2 ? part : Buffer.from(part, 'base64url').toString('hex')))
      .join('.');
  return toBytes(a) === toBytes(b);
}
