import { describe, expect, test } from 'vitest';
import type { UnreadableDocument } from '../document-header.ts';
import { type ChangePage, readChanges } from './read-changes.ts';

type Row = { id: string; updatedAt: string };

function at(seconds: number) {
  return new Date(Date.UTC(2026, 10, 1) + seconds * 1000).toISOString();
}
function row(id: string, seconds: number): Row {
  return { id, updatedAt: at(seconds) };
}
function aside(id: string | null, seconds: number | null): UnreadableDocument {
  return {
    ...{ id, kind: 'invoice', contactId: null, status: null },
    updatedAt: seconds === null ? null : at(seconds),
  };
}

type Reply = Partial<ChangePage<Row>>;
/** Two rows a page. The nth call gets the nth reply, or what is made for it; all others get an empty page. */
async function read(replies: readonly Reply[] | ((call: number) => Reply), { since = 0, mostCalls = 50 } = {}) {
  const asked: string[] = [];
  const readPage = async (from: { since: string; page: number }): Promise<ChangePage<Row>> => {
    asked.push(`${(Date.parse(from.since) - Date.parse(at(0))) / 1000}/${from.page}`);
    const reply = typeof replies === 'function' ? replies(asked.length) : replies[asked.length - 1];
    return { rows: [], asOf: at(100 + asked.length), ...reply };
  };
  const { rows, unreadable, ...told } = await readChanges({ readPage, pageSize: 2, since: at(since), mostCalls });
  return { asked, told, ids: rows.map(({ id }) => id), unreadable: unreadable.map(({ id }) => id) };
}
const whole = { asOf: at(101), isWhole: true };

describe('what is asked next', () => {
  test('a page that is not full is the last; the time is the first page’s', async () => {
    const first = { rows: [row('a', 1), row('b', 3)] };
    const answer = await read([first, { rows: [row('c', 4)] }]);
    expect(answer).toEqual({ asked: ['0/1', '2/1'], told: whole, ids: ['a', 'b', 'c'], unreadable: [] });
  });

  test('without a time from Xero, there is none', async () => {
    expect((await read([{ rows: [row('a', 1)], asOf: null }])).told).toEqual({ asOf: null, isWhole: true });
  });

  test('without any calls, nothing is known', async () => {
    expect(await read([], { mostCalls: 0 })).toMatchObject({ asked: [], told: { asOf: null, isWhole: false } });
  });

  test('stops when the calls are used up, with the first page’s time', async () => {
    const answer = await read((call) => ({ rows: [row(`a${call}`, 10 * call), row(`b${call}`, 10 * call + 1)] }), {
      mostCalls: 3,
    });
    expect(answer).toMatchObject({ asked: ['0/1', '10/1', '20/1'], told: { asOf: at(101), isWhole: false } });
  });

  test('a page of Xero’s own shorter length counts as full', async () => {
    const pagination = { pageSize: 1, pageCount: null, itemCount: 3 };
    expect((await read([{ rows: [row('a', 5)], pagination }])).asked).toEqual(['0/1', '4/1']);
  });

  test('the last time counts, wherever its row stands, read or not', async () => {
    const first = { rows: [row('b', 9), row('a', 3)] };
    expect((await read([first])).asked).toEqual(['0/1', '8/1']);
    const mixed = { rows: [row('a', 3)], unreadable: [aside('u', 7)], rowKeys: ['a', 'u'] };
    const answer = await read([mixed]);
    expect(answer).toMatchObject({ asked: ['0/1', '6/1'], ids: ['a'], unreadable: ['u'], told: whole });
  });

  test('numbers the next page when no row of a full page has a time', async () => {
    const first = { unreadable: [aside('u', null), aside(null, null)], rowKeys: ['u', '-'] };
    expect(await read([first])).toMatchObject({ asked: ['0/1', '0/2'], unreadable: ['u', null], told: whole });
  });
});

describe('a page that comes again', () => {
  const same = { rows: [row('a', 5), row('b', 5)] };

  test('a repeated numbered page ends the reading', async () => {
    const answer = await read([same, same, same]);
    expect(answer).toMatchObject({ asked: ['0/1', '4/1', '4/2'], ids: ['a', 'b'] });
    expect(answer.told).toEqual({ asOf: at(101), isWhole: false, isRepeated: true });
  });

  test('a page with a row that changed is another page', async () => {
    const { asked, told } = await read([same, same, { rows: [row('a', 5), row('b', 9)] }]);
    // After the empty page that follows, the numbered block is read again.
    expect(asked).toEqual(['0/1', '4/1', '4/2', '8/1', '4/1']);
    expect(told).toEqual(whole);
  });
});

describe('rows that move while pages with numbers are read', () => {
  test('a row that moves to a page without a number causes no reread', async () => {
    const pages = [{ rows: [row('a', 1), row('b', 3)] }, { rows: [row('b', 3), row('a', 9)] }];
    expect((await read([...pages, { rows: [row('c', 9)] }])).asked).toEqual(['0/1', '2/1', '8/1']);
  });

  /** On each second page the row `a`, which the page before still has in its old place, has moved on. */
  const restless = (call: number) =>
    call % 2 === 1 ? { rows: [row('a', 5), row('b', 5)] } : { rows: [row('a', 10 + call)] };

  test('a row that keeps moving is reread three times and is not whole', async () => {
    const { asked, told, ids } = await read(restless, { since: 4 });
    expect(asked).toEqual(['4/1', '4/2', '4/1', '4/2', '4/1', '4/2', '4/1', '4/2']);
    expect([told, ids]).toEqual([{ asOf: at(101), isWhole: false }, ['a', 'b']]);
  });

  test('a row that rests after three rereads gives a whole result', async () => {
    const { told } = await read((call) => (call === 8 ? { rows: [row('c', 5)] } : restless(call)), { since: 4 });
    expect(told).toEqual(whole);
  });

  /** Two blocks with numbers: of second 4 with a and b, of second 7 with d and e. */
  const twoBlocks = [
    { rows: [row('a', 5), row('b', 5)] },
    { rows: [row('a', 5), row('b', 5)] },
    { rows: [row('c', 5), row('d', 8)] },
    { rows: [row('d', 8), row('e', 8)] },
  ];
  const begun = ['0/1', '4/1', '4/2', '7/1', '7/2', '20/1'];

  test.each([
    ['a and then e', 'a', 'e', '4/1'],
    ['e and then a', 'e', 'a', '4/1'],
    ['e and then a new one', 'e', 'g', '7/1'],
    ['a and then a new one', 'a', 'g', '4/1'],
  ])('when %s move, rereads from the earliest block that one of them left', async (_n, one, other, next) => {
    const { asked } = await read([...twoBlocks, { rows: [row(one, 20), row('f', 21)] }, { rows: [row(other, 22)] }]);
    expect(asked).toEqual([...begun, next]);
  });
});

describe('a row that is read twice', () => {
  test('without a readable time, the row last read is kept', async () => {
    const second = { unreadable: [aside('a', null)], rowKeys: ['a'] };
    expect(await read([{ rows: [row('a', 1), row('b', 3)] }, second])).toMatchObject({ ids: ['b'], unreadable: ['a'] });
    const first = { rows: [row('b', 3)], unreadable: [aside('a', null)], rowKeys: ['a', 'b'] };
    expect(await read([first, { rows: [row('a', 1)] }])).toMatchObject({ ids: ['b', 'a'], unreadable: [] });
  });

  test('a row that was unreadable earlier is kept as read later', async () => {
    const second = { unreadable: [aside('b', 2)], rowKeys: ['b'] };
    expect(await read([{ rows: [row('a', 1), row('b', 3)] }, second])).toMatchObject({
      ids: ['a', 'b'],
      unreadable: [],
    });
  });
});
