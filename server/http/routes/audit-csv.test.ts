import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '#shared/contract/audit.ts';
import { formatCsvCell } from '#shared/csv.ts';
import { formatAuditCsv } from './audit-csv.ts';

const entry: AuditEntry = {
  id: 'a',
  at: '2026-11-20T18:04:00.000Z',
  user: { id: 'ben', name: 'Ben "The Bill" Carter' },
  action: 'change_access',
  outcome: 'saved',
  record: null,
  contact: null,
  document: null,
  fileName: null,
  changes: [{ name: '=HYPERLINK("http://evil.example")', before: null, after: 'view, viewBills' }],
  requestId: null,
};

async function format(entries: AuditEntry[]): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of formatAuditCsv(fromList(entries))) chunks.push(chunk);
  return chunks.join('');
}

async function* fromList(entries: AuditEntry[]) {
  yield* entries;
}

/** Reads CSV as RFC 4180, section 2, describes it. */
function parse(csv: string): string[][] {
  const rows: string[][] = [[]];
  const cells = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/gy;
  for (let match = cells.exec(csv); match; match = cells.exec(csv)) {
    const [, cell = '', end] = match;
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === '\r\n') rows.push([]);
  }
  expect(rows.pop()).toEqual([]);
  return rows;
}

describe('the audit as CSV', () => {
  test('every row can be read back with every column and the whole text', async () => {
    const csv = await format([entry, entry]);
    expect(csv.startsWith('\uFEFFTime (UTC),Person,')).toBe(true);
    const [head = [], first = [], ...more] = parse(csv.slice(1));
    expect(more).toHaveLength(1);
    expect(first).toHaveLength(head.length);
    expect(first.slice(0, 5)).toEqual([entry.at, entry.user.name, 'ben', 'Changed access', 'Done']);
  });

  test('each change shows both sides, whether added, changed or removed', async () => {
    const changes = [
      { name: 'Ben', before: null, after: 'view' },
      { name: 'Priya', before: 'view', after: 'view, link' },
      { name: 'Sam', before: 'link', after: null },
    ];
    const [, row = []] = parse((await format([{ ...entry, changes }])).slice(1));
    expect(row).toContain('Ben: none → view; Priya: view → view, link; Sam: link → none');
  });

  test('when a name looks like a formula, then no spreadsheet takes it for one', async () => {
    const [, row = []] = parse((await format([entry])).slice(1));
    expect(row.find((cell) => cell.includes('HYPERLINK'))?.[0]).toBe("'");
    for (const text of [
      '=1+1',
      '+61',
      '-5+1',
      '-A1',
      '--5',
      '-5%',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '  =1',
      '＝1',
    ]) {
      expect(formatCsvCell(text).replace(/^"/, '')).toMatch(/^'/);
    }
  });

  test('when a cell is a negative number, then spreadsheets can add it up', () => {
    expect(['-5', '-86.40', '-1234567.8901'].map(formatCsvCell)).toEqual(['-5', '-86.40', '-1234567.8901']);
    expect(['-', '-5.', '-.5', '-1,000', '-5 ', '-٣', 'x;-5'].map(formatCsvCell)).toEqual([
      ...["'-", "'-5.", "'-.5", `"'-1,000"`, `"'-5 "`, "'-٣", `"x;'-5"`],
    ]);
  });

  test('defuses formulas after any character at which a spreadsheet splits', () => {
    const read = (text: string) => parse(`${formatCsvCell(text)}\r\n`)[0]?.[0];
    expect(read('a;=1+1')).toBe("a;'=1+1");
    expect(read('a, =1+1;+2|@x')).toBe("a,' =1+1;'+2|'@x");
    expect(read('a;"=1+1"')).toBe('a;\'"=1+1"');
    expect(read('a\t=1\r-2\n\u2028＝3')).toBe("a\t'=1\r'-2\n\u2028'＝3");
    expect(read('a;\u200b\u0000\u00a0=1')).toBe("a;'\u200b\u0000\u00a0=1");
    expect(read('"=1+1')).toBe('\'"=1+1');
    for (const start of ['﹦', '﹢', '﹣', '﹫', '\u2212']) expect(read(`x;${start}1`)).toBe(`x;'${start}1`);
  });

  test('quotes a cell with any kind of line break, so that it can be read back', () => {
    for (const text of ['a\rb', 'a\nb', 'a\r\nb', 'a\tb', 'a;b', 'a|b', 'a\u2028b', ' a', 'a ']) {
      expect(formatCsvCell(text)).toBe(`"${text}"`);
    }
    expect(formatCsvCell('Ben - A & B Ltd. (10 @ 5)')).toBe('Ben - A & B Ltd. (10 @ 5)');
  });

  test('any cell can be read back, and no part of it starts like a formula', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom('=', '＝', '"', ',', ';', '\t', '|', '\r', '\n', '\r\n', '@', ' ', '-', "'", '\u200b'),
            fc.string({ unit: 'grapheme', maxLength: 3 }),
          ),
        ),
        (words) => {
          const text = words.join('');
          const [[read = ''] = []] = parse(`${formatCsvCell(text)}\r\n`);
          expect(read.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
          if (/^-\d+(\.\d+)?$/.test(text)) return expect(read).toBe(text);
          // Each part as a spreadsheet sees it that splits here, with or without quotes.
          for (const part of [...read.split(/[,;|\t\r\n]/), ...formatCsvCell(text).split(/[;|\t\r\n]/)]) {
            expect(part).not.toMatch(/^[\s\u200b"]*[=+\-@＝]/);
          }
          expect(read).not.toMatch(/^[\t\r\n]/);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
