/** One line of the table: a measurement and its reference. */
export type Figure = { name: string; measured: string; reference: string };

export function toTable(title: string, figures: readonly Figure[]): string {
  const heads = { name: title, measured: 'measured', reference: 'reference' };
  const rows = [heads, ...figures];
  const width = (column: keyof Figure) => Math.max(...rows.map((row) => row[column].length));
  const [names, measures] = [width('name'), width('measured')];
  const lines = rows.map((row) => `${row.name.padEnd(names)}  ${row.measured.padStart(measures)}  ${row.reference}`);
  const [head = '', ...body] = lines;
  return [head, '-'.repeat(Math.max(...lines.map(({ length }) => length))), ...body].join('\n');
}

export function toKilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
