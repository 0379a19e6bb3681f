import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RecordFilter, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { StoreContext } from '../backends.ts';
import { at, newRecord } from '../rows.ts';

/** More than SQLite looks at in one turn, several times. */
const many = 5_500;

export function longListsSuite({ store }: StoreContext): void {
  describe('a long list of records', () => {
    const where = { workspaceId: randomUUID(), organisationId: randomUUID() };
    const all: RecordRow[] = [];

    async function fill(): Promise<void> {
      if (all.length > 0) return;
      for (let start = 0; start < many; start += 500) {
        const rows = Array.from({ length: 500 }, (_, index) => toRow(where, start + index));
        await store().records.save(...rows);
        all.push(...rows);
      }
      all.sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
    }

    test.each<[string, RecordFilter, (row: RecordRow) => boolean]>([
      ['a text', { search: 'FUEL 1' }, ({ searched }) => searched.includes('fuel 1')],
      ['a text that is a pattern elsewhere', { search: '5%_' }, ({ searched }) => searched.includes('5%_')],
      ['a text that few have', { search: 'x-77 ' }, ({ searched }) => searched.includes('x-77 ')],
      ['a text that none has', { search: 'nothing' }, () => false],
      ['a code', { codes: ['tax_unmapped'] }, ({ code }) => code === 'tax_unmapped'],
      [
        'a text in states of a kind',
        { search: 'fuel 2', states: ['problem', 'waiting'], kinds: ['invoices'] },
        ({ searched, state, kind }) => searched.includes('fuel 2') && state !== 'synced' && kind === 'invoices',
      ],
      ['days', { from: '2026-11-03', to: '2026-11-04' }, ({ date }) => date === '2026-11-03' || date === '2026-11-04'],
    ])('is searched for %s: every page, in its order, and the count', async (_, filter, isWanted) => {
      await fill();
      const wanted = all.filter(isWanted).map(({ key }) => key);
      expect(await store().records.count(where, filter)).toBe(wanted.length);
      const found: RecordRow[] = [];
      for (;;) {
        const page = await store().records.list(where, filter, { limit: 400, after: found.at(-1) });
        found.push(...page);
        if (page.length < 400) break;
      }
      expect(found.map(({ key }) => key)).toEqual(wanted);
    });

    test('lets other work run while it is searched', async () => {
      await fill();
      let turns = 0;
      let isSearched = false;
      const watch = () => {
        turns += 1;
        if (!isSearched) setImmediate(watch);
      };
      setImmediate(watch);
      await store().records.list(where, { search: 'nothing' }, { limit: 10 });
      const ofList = turns;
      await store().records.count(where, { search: 'nothing' });
      isSearched = true;
      expect([ofList > 0, turns > ofList]).toEqual([true, true]);
    });
  });
}

function toRow(where: { workspaceId: string; organisationId: string }, index: number): RecordRow {
  const key = `x-${index}`;
  return newRecord({
    ...{ ...where, key, crmId: key, stateSince: at(index % 40), date: `2026-11-0${1 + (index % 7)}` },
    ...{ kind: index % 3 ? 'expenses' : 'invoices', state: ['waiting', 'problem', 'synced'][index % 4] ?? 'synced' },
    ...{ code: index % 500 === 7 ? 'tax_unmapped' : null, searched: `${key} fuel ${index % 25}%_` },
  });
}

/** In the order of the database: by bytes, for these texts. */
function orderOf({ stateSince, kind, key }: RecordRow): string {
  return [stateSince, kind, key].join('\u0001');
}
