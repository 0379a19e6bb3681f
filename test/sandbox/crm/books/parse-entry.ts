import type { Field, Kind, Lookup } from './kinds/kind.ts';
import type { Line, Values } from './row.ts';

export type Parsed = { values: Values; lines: Line[]; errors: Record<string, string> };

/** What a form sent: the trimmed values, the lines that are not empty, and what is wrong with them. */
export function parseEntry(kind: Kind, books: Lookup, body: unknown): Parsed {
  const sent = new Map<string, unknown>(Object.entries(body ?? {}));
  const text = (name: string) => {
    const value = sent.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const values = Object.fromEntries(kind.fields.map(({ name }) => [name, text(name)]));
  const lines = kind.hasLines ? parseLines(text) : [];
  const faults = [
    ...kind.fields.map((field) => [field.name, findFault(field, values[field.name] ?? '', books)] as const),
    ...(kind.hasLines ? [['lines', findLineFault(lines)] as const] : []),
    ...Object.entries(kind.check?.({ values, lines }, books) ?? {}),
  ];
  const errors = Object.fromEntries(faults.flatMap(([name, fault]) => (fault ? [[name, fault]] : [])));
  return { values, lines, errors };
}

const amountPattern = /^-?\d{1,13}(\.\d{1,4})?$/;
const longest = 4_000;

function findFault({ label, input, isRequired, options, name }: Field, value: string, books: Lookup) {
  if (value === '') return isRequired ? `${label} is missing.` : undefined;
  if (value.length > longest) return `${label} is too long.`;
  if (input === 'amount' && !amountPattern.test(value)) return 'Write an amount like 86.40.';
  if (input === 'day' && !isDay(value)) return 'Write a day like 2026-11-28.';
  if (input === 'choice' && !options?.(books).some((option) => option.value === value))
    return 'Choose one of the list.';
  if (name === 'currency' && !/^[A-Z]{3}$/.test(value)) return 'Write a currency like AUD.';
  return undefined;
}

function isDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(time).toISOString().startsWith(value);
}

const mostLines = 200;

function parseLines(text: (name: string) => string): Line[] {
  return Array.from({ length: mostLines }, (_, index) => {
    const of = (name: keyof Line) => text(`lines.${index}.${name}`);
    return {
      ...{ description: of('description'), quantity: of('quantity'), unitAmount: of('unitAmount') },
      ...{ itemId: of('itemId'), category: of('category'), tax: of('tax') },
    };
  }).filter(({ tax: _tax, ...typed }) => Object.values(typed).some((value) => value !== ''));
}

function findLineFault(lines: readonly Line[]): string | undefined {
  if (lines.length === 0) return 'Add at least one line.';
  const wrong = lines.findIndex(
    ({ description, quantity, unitAmount }) =>
      description === '' || !amountPattern.test(quantity) || !amountPattern.test(unitAmount),
  );
  return wrong < 0 ? undefined : `Line ${wrong + 1} needs a text, a quantity and a price, such as 2 and 86.40.`;
}
