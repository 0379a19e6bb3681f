import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import { endless, noRow, type Row, toId, type XeroListCase, xeroLists } from './xero-lists.ts';

/** For every list of Xero, however rows are broken: the good rows are returned and the others are counted. */

/** The ways in which Xero says that there is no value. */
const absent = [undefined, null, ''];

/** A row as Xero may send it, and whether it can be parsed. */
function toRows({ good, required, optional = [], junk = noRow }: XeroListCase) {
  const names = Object.keys(required);
  const broken = fc
    .constantFrom(...names)
    .chain((name) => fc.constantFrom(...(required[name] ?? [])).map((value) => ({ [name]: value })));
  const empty = fc.dictionary(fc.constantFrom(...optional, 'Unknown'), fc.constantFrom(...absent));
  const part = fc.oneof(
    { weight: 3, arbitrary: empty.map((change) => ({ change, isGood: true })) },
    { weight: 2, arbitrary: broken.map((change) => ({ change, isGood: false })) },
    { weight: 1, arbitrary: fc.constantFrom(...junk).map((row) => ({ row, isGood: false })) },
  );
  return fc
    .array(part, { maxLength: 12 })
    .map((parts) =>
      parts.map((one, n) => ({ isGood: one.isGood, row: 'row' in one ? one.row : { ...good(n), ...one.change } })),
    );
}

/** Xero returns the list on its first page, and empty answers otherwise. */
function buildDeps({ member, path = member }: XeroListCase, rows: readonly unknown[]) {
  const faults: string[] = [];
  let isAsked = false;
  const ask: XeroDeps['ask'] = async (_, { name }) => {
    const isTheirs = !isAsked && name.endsWith(path);
    isAsked ||= isTheirs;
    const answered = isTheirs ? rows : [];
    const body = member === '' ? answered : { [isTheirs ? member : (name.split('/')[1] ?? '')]: answered };
    return { status: 200, headers: {}, text: JSON.stringify(body).replaceAll(`"${endless}"`, endless) };
  };
  const quiet = () => undefined;
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  const noteSetAside: XeroDeps['noteSetAside'] = (_, more) => void faults.push(...more);
  return { deps: { ask, noteSetAside, log, clock: { now: () => new Date(0), steadyMs: () => 0 } }, faults };
}

function idOf(row: unknown, idName: string) {
  return (row as Row | null)?.[idName];
}

test.each(xeroLists)('broken rows of $name are counted, and the good ones returned', async (list) => {
  await fc.assert(
    fc.asyncProperty(toRows(list), async (rows) => {
      const { deps, faults } = buildDeps(
        list,
        rows.map(({ row }) => row),
      );
      const all = rows.map((_, n) => toId(n));
      const found = await list.read(deps, all);
      const [good, broken] = [true, false].map((isGood) =>
        rows.filter((one) => one.isGood === isGood).map(({ row }) => idOf(row, list.idName)),
      );
      expect(found.ids.sort()).toEqual(list.member === 'TrackingCategories' ? good?.slice(0, 2) : good);
      expect(faults).toHaveLength(broken?.length ?? 0);
      if (found.unreadable) expect(found.unreadable.sort()).toEqual(broken?.filter((id) => all.includes(String(id))));
      if (found.isWhole !== undefined) expect(found.isWhole).toBe(broken?.length === 0);
    }),
    { numRuns: 30 },
  );
});
