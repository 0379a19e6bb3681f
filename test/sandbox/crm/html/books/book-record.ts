import type { Kind, Lookup } from '../../books/kinds/kind.ts';
import { toLineAmount, toTotal } from '../../books/kinds/lines.ts';
import type { Row } from '../../books/row.ts';
import { formatDay, formatTypedMoney } from '../format.ts';
import { icon } from '../icon.ts';
import { avatar, card, facts } from '../parts.ts';
import { type Child, h, type Tree } from '../tree.ts';
import { isOnItsWay, noticeLine, type SentNotice, syncCard } from './sync-parts.ts';

type Shown = { row: Row; notice?: SentNotice };

/** A record of the books: what the CRM knows of it, and what Ledgerside last said. */
export function bookRecord(kind: Kind, books: Lookup, { row, notice }: Shown): { title: string; content: Tree } {
  const { title, detail, amount } = kind.toSummary(row);
  const subtitle: Child = [
    amount ? h('b', {}, formatTypedMoney(amount)) : undefined,
    detail ? ` ${detail}` : undefined,
  ];
  const content = h(
    'article',
    { id: 'record', 'data-type': kind.recordType, 'data-id': row.id },
    h('div', { class: 'record-place' }, h('a', { href: `/${kind.name}` }, `All ${kind.title.toLowerCase()}`)),
    h(
      'header',
      { class: 'record-head' },
      avatar(title, 'deal', 'large'),
      h('div', { class: 'record-title' }, h('h1', { tabindex: '-1', title }, title), h('p', {}, subtitle)),
      h('div', { class: 'record-actions' }, actions(kind, row)),
    ),
    noticeLine(notice),
    h(
      'div',
      { class: 'record-body' },
      h('div', { class: 'record-facts books-facts' }, aboutCard(kind, row), recordSyncCard(row, notice)),
      kind.hasLines ? linesCard(books, row) : undefined,
    ),
  );
  return { title, content };
}

/** The card "Xero" of a record's page, as it is now. */
export function recordSyncCard(row: Row, notice?: SentNotice): Tree {
  const run = notice !== undefined && 'run' in notice ? notice.run : undefined;
  if (run === undefined && !isOnItsWay(row)) return syncCard(row, undefined);
  return syncCard(row, `/data/${row.kind}/${row.id}/xero${run === undefined ? '' : `?run=${run}`}`);
}

function actions({ name, one }: Kind, { id }: Row): Tree[] {
  const place = `/${name}/${id}`;
  return [
    h(
      'form',
      { method: 'post', action: `/${name}/sync` },
      h('input', { type: 'hidden', name: 'id', value: id }),
      h('input', { type: 'hidden', name: 'returnTo', value: place }),
      h('button', { class: 'button' }, 'Sync to Xero'),
    ),
    h('a', { class: 'button', href: `${place}/edit` }, icon('note'), 'Edit'),
    h('button', { class: 'button', type: 'button', popovertarget: 'delete-record' }, 'Delete'),
    h(
      'form',
      { id: 'delete-record', class: 'menu', popover: 'auto', method: 'post', action: `${place}/delete` },
      h('p', {}, `Delete this ${one}? Ledgerside is told, and archives or voids it in Xero where Xero allows it.`),
      h('button', { class: 'button' }, 'Delete'),
    ),
  ];
}

function aboutCard(kind: Kind, row: Row): Tree {
  const shown = kind.fields.map(({ name, label, input }): readonly [string, Child] => {
    const value = row.values[name] ?? '';
    if (value === '') return [label, undefined];
    return [label, input === 'day' ? formatDay(value) : value];
  });
  return card('About', facts([...shown, ['Record', row.id]]));
}

function linesCard(books: Lookup, { lines, values: { currency = 'AUD' } }: Row): Tree {
  const money = (value: string) => formatTypedMoney({ value, currency });
  return card(
    'Lines',
    h(
      'ul',
      { class: 'products' },
      lines.map((line) =>
        h(
          'li',
          {},
          h('span', {}, line.description),
          h(
            'small',
            {},
            [
              `${line.quantity} × ${money(line.unitAmount)} = ${money(toLineAmount(line))}`,
              line.tax,
              line.category,
              line.itemId && books.find('items', line.itemId)?.values.code,
            ]
              .filter(Boolean)
              .join(' · '),
          ),
        ),
      ),
      h('li', { class: 'total' }, h('b', {}, `Total with tax ${money(toTotal(lines))}`)),
    ),
  );
}
