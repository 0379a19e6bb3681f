import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseCursor, toPage } from './page-cursor.ts';

const shape = { at: z.iso.datetime(), key: z.string() };
const rows = [1, 2, 3].map((number) => ({ at: `2026-01-0${number}T00:00:00.000Z`, key: `k${number}` }));

function toParts({ at, key }: (typeof rows)[number]) {
  return [at, key];
}

test('a page ends with the row that its cursor leads back to', () => {
  const { page, cursor, hasMore } = toPage(rows, 2, toParts);
  expect([page.length, hasMore]).toEqual([2, true]);
  expect(parseCursor(cursor ?? '', shape)).toEqual(rows[1]);
  expect(toPage(rows, 3, toParts).hasMore).toBe(false);
  expect(toPage([], 3, toParts)).toEqual({ page: [], cursor: null, hasMore: false });
});

test('no cursor is the first page', () => {
  expect(parseCursor(undefined, shape)).toBeUndefined();
});

test.each([
  ['no JSON', 'nothing'],
  ['too few parts', '["2026-01-01T00:00:00.000Z"]'],
  ['too many parts', '["2026-01-01T00:00:00.000Z","a","b"]'],
  ['a part of another form', '["yesterday","a"]'],
  ['a part that is no text', '["2026-01-01T00:00:00.000Z",1]'],
])('a cursor with %s is refused by its name', (_what, text) => {
  const errors = [{ path: 'cursor', message: 'is not a cursor from this server' }];
  expect(() => parseCursor(Buffer.from(text).toString('base64url'), shape)).toThrow(
    expect.objectContaining({ code: 'invalid_request', details: expect.objectContaining({ errors }) }),
  );
});
