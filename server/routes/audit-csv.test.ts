import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#shared/contract/audit.ts';
import { formatAuditCsv, formatCell } from './audit-csv.ts';

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

/** RFC 4180, section 2, as a reader has it. */
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
  it('when it is read back, then every row has every column and the words are whole', async () => {
    const csv = await format([entry, entry]);
    expect(csv.startsWith('\uFEFFWhen (UTC),Who,')).toBe(true);
    const [head = [], first = [], ...more] = parse(csv.slice(1));
    expect(more).toHaveLength(1);
    expect(first).toHaveLength(head.length);
    expect(first.slice(0, 5)).toEqual([entry.at, entry.user.name, 'ben', 'Changed who may see what', 'Done']);
  });

  it('when a name looks like a formula, then no spreadsheet takes it for one', async () => {
    const [, row = []] = parse((await format([entry])).slice(1));
    expect(row.find((cell) => cell.includes('HYPERLINK'))?.[0]).toBe("'");
    for (const text of ['=1+1', '+61', '-5', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '＝1']) {
      expect(formatCell(text).replace(/^"/, '')).toMatch(/^'/);
    }
  });

  it('whatever a cell holds, then it comes back and begins like no formula', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.constantFrom('', '=', '"', ',', '\r\n', '@', ' '),
        (text, start) => {
          const cell = start + text;
          const [[read = ''] = []] = parse(`${formatCell(cell)}\r\n`);
          expect([cell, `'${cell}`]).toContain(read);
          expect(read).not.toMatch(/^[=+\-@\t\r]/);
        },
      ),
    );
  });
});
