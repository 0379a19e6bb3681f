import type { Field, Kind, Lookup } from '../../books/kinds/kind.ts';
import { categories, taxPercents } from '../../books/kinds/values.ts';
import type { Line, Values } from '../../books/row.ts';
import { h, type Tree } from '../tree.ts';

/** `errors` by the name of a field. `id` is absent for a new record. */
export type Filled = {
  id?: string;
  values: Values;
  lines: readonly Line[];
  errors: Readonly<Record<string, string>>;
};

export function bookForm(kind: Kind, books: Lookup, filled: Filled): { title: string; content: Tree } {
  const { id, values, errors } = filled;
  const title = id === undefined ? `New ${kind.one}` : `Edit ${kind.toSummary(toDraft(kind, filled)).title}`;
  const place = id === undefined ? `/${kind.name}` : `/${kind.name}/${id}`;
  const wrong = Object.keys(errors).length;
  const content = h(
    'article',
    { class: 'setup' },
    h('h1', {}, title),
    h(
      'form',
      { class: 'card book-form', method: 'post', action: place, novalidate: true },
      wrong > 0
        ? h('p', { class: 'form-error', role: 'alert' }, 'Nothing has been saved. Correct the marked fields.')
        : undefined,
      kind.fields.map((field) =>
        fieldRow(field, books, { value: values[field.name] ?? '', error: errors[field.name] }),
      ),
      kind.hasLines ? linesPart(books, filled) : undefined,
      h(
        'footer',
        {},
        h('button', { class: 'button primary' }, 'Save'),
        h('a', { class: 'button', href: place }, 'Cancel'),
      ),
    ),
  );
  return { title, content };
}

function toDraft({ name }: Kind, { id = '', values, lines }: Filled) {
  return { kind: name, id, version: 0, handedVersion: null, isDeleted: false, values, lines, sync: null };
}

type Shown = { value: string; error: string | undefined };

function fieldRow(field: Field, books: Lookup, { value, error }: Shown): Tree {
  const { name, label, input, isRequired } = field;
  const errorId = `${name}-error`;
  const attributes = {
    ...{ id: name, name, required: isRequired },
    ...(error !== undefined && { 'aria-invalid': 'true', 'aria-describedby': errorId }),
  };
  return h(
    'div',
    { class: `field ${input}` },
    h('label', { for: name }, label, isRequired ? undefined : h('small', {}, input === 'check' ? '' : ' optional')),
    control(field, books, { value, attributes }),
    error === undefined ? undefined : h('p', { id: errorId, class: 'form-error' }, error),
  );
}

type Control = { value: string; attributes: Record<string, string | true | undefined> };

function control({ name, input, options }: Field, books: Lookup, { value, attributes }: Control): Tree[] {
  const offered = options?.(books) ?? [];
  if (input === 'choice')
    return [choice(attributes, { value, options: ['', ...offered.map((option) => option.value)] })];
  if (input === 'long') return [h('textarea', { ...attributes, rows: '3' }, value)];
  if (input === 'check')
    return [h('input', { ...attributes, type: 'checkbox', value: 'yes', checked: value === 'yes' || undefined })];
  const type = input === 'day' ? 'date' : 'text';
  const list = options ? `${name}-list` : undefined;
  const field = h('input', {
    ...{ ...attributes, type, value, list, autocomplete: 'off' },
    inputmode: input === 'amount' ? 'decimal' : undefined,
  });
  const suggestions = offered.map((option) =>
    h('option', { value: option.value }, option.label === option.value ? undefined : option.label),
  );
  return list ? [field, h('datalist', { id: list }, suggestions)] : [field];
}

function choice(attributes: Control['attributes'], { value, options }: { value: string; options: readonly string[] }) {
  return h(
    'select',
    attributes,
    options.map((option) => h('option', { value: option, selected: option === value || undefined }, option || '–')),
  );
}

/** Lines that stay empty are not saved. */
export const emptyLines = 3;
const emptyLine: Line = { description: '', quantity: '', unitAmount: '', itemId: '', category: '', tax: 'GST' };

const columns: readonly { name: keyof Line; label: string }[] = [
  { name: 'description', label: 'What' },
  { name: 'quantity', label: 'Quantity' },
  { name: 'unitAmount', label: 'Price without tax' },
  { name: 'itemId', label: 'Item' },
  { name: 'category', label: 'Category' },
  { name: 'tax', label: 'Tax' },
];

function linesPart(books: Lookup, { lines, errors }: Filled): Tree {
  const shown = [...lines, ...Array.from({ length: emptyLines }, () => emptyLine)];
  const items = books.list('items').map(({ id }) => id);
  return h(
    'fieldset',
    { class: 'lines' },
    h('legend', {}, 'Lines'),
    errors.lines === undefined ? undefined : h('p', { class: 'form-error', role: 'alert' }, errors.lines),
    h(
      'div',
      { class: 'line heads', 'aria-hidden': 'true' },
      columns.map(({ label }) => h('span', {}, label)),
    ),
    shown.map((line, index) => lineRow(line, index, items)),
    h(
      'datalist',
      { id: 'line-categories' },
      categories.map((value) => h('option', { value })),
    ),
  );
}

function lineRow(line: Line, index: number, items: readonly string[]): Tree {
  const options: Partial<Record<keyof Line, readonly string[]>> = {
    itemId: ['', ...items],
    tax: ['', ...Object.keys(taxPercents)],
  };
  const control = (name: keyof Line, label: string): Tree => {
    const attributes = { name: `lines.${index}.${name}`, 'aria-label': `${label}, line ${index + 1}` };
    const chosen = options[name];
    if (chosen) return choice(attributes, { value: line[name], options: chosen });
    const list = name === 'category' ? 'line-categories' : undefined;
    return h('input', { ...attributes, type: 'text', value: line[name], list, autocomplete: 'off' });
  };
  // Its label stands above the columns, or where there is no room for them, above each cell.
  return h(
    'div',
    { class: 'line' },
    columns.map(({ name, label }) =>
      h('span', { class: 'line-cell' }, h('small', { 'aria-hidden': 'true' }, label), control(name, label)),
    ),
  );
}
