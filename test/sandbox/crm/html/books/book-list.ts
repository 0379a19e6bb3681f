import type { Kind, Summary } from '../../books/kinds/kind.ts';
import type { Row } from '../../books/row.ts';
import { formatDay, formatTypedMoney } from '../format.ts';
import { icon } from '../icon.ts';
import { link } from '../parts.ts';
import { type Child, h, type Tree } from '../tree.ts';
import { isOnItsWay, noticeLine, type SentNotice, syncCell, xeroIdLink } from './sync-parts.ts';

type View = { kind: Kind; rows: readonly Row[]; search: string; notice?: SentNotice };

/** All records of a kind whose row contains the search text, ignoring case. Several can be selected and sent. */
export function bookList({ kind, rows, search, notice }: View): { title: string; content: Tree } {
  const found = listFound({ kind, rows, search });
  return {
    title: kind.title,
    content: h(
      'article',
      { id: 'list', class: 'list books' },
      h(
        'form',
        { method: 'post', action: `/${kind.name}/sync` },
        head(kind, { shown: found.length, all: rows.length }),
        noticeLine(notice),
        found.length === 0
          ? h('p', { class: 'empty' }, `No ${kind.title.toLowerCase()} found.`)
          : table(kind, found, toFollow({ kind, rows: found, search, notice })),
      ),
    ),
  };
}

/** The table alone, as a page that is open asks for it again. Undefined when nothing is found any more. */
export function bookTable({ kind, rows, search, notice }: View): Tree | undefined {
  const found = listFound({ kind, rows, search });
  return found.length === 0 ? undefined : table(kind, found, toFollow({ kind, rows: found, search, notice }));
}

function listFound({ kind, rows, search }: Pick<View, 'kind' | 'rows' | 'search'>): Row[] {
  return rows.filter((row) => toText(kind.toSummary(row), row).includes(search.toLowerCase()));
}

/** Where an open page finds the table again: while records are on their way, and after some were sent. */
function toFollow({ kind, rows, search, notice }: View): string | undefined {
  const isSent = notice !== undefined && 'run' in notice && notice.run !== undefined;
  if (!isSent && !rows.some(isOnItsWay)) return undefined;
  return `/data/${kind.name}/rows?${new URLSearchParams({ q: search, ...(isSent && { run: notice.run }) })}`;
}

function toText({ title, detail, date, amount }: Summary, { sync }: Row): string {
  const known = sync ? [sync.state, sync.message, sync.xeroId, sync.xeroNumber] : [];
  return [title, detail, date, amount?.value, ...known].filter(Boolean).join(' ').toLowerCase();
}

function head({ name, one, title }: Kind, { shown, all }: { shown: number; all: number }): Tree {
  return h(
    'header',
    { class: 'list-head' },
    h('h1', {}, title),
    h('span', {}, shown === all ? `${all}` : `${shown} of ${all}`),
    h('span', { class: 'list-selected', 'aria-live': 'polite' }),
    h('button', { class: 'button', name: 'trial', value: 'yes', 'data-needs-selection': true }, 'Try it first'),
    h('button', { class: 'button', 'data-needs-selection': true }, 'Sync to Xero'),
    h('a', { class: 'button primary', href: `/${name}/new` }, `New ${one}`),
  );
}

function table(kind: Kind, rows: readonly Row[], follow: string | undefined): Tree {
  const heads: readonly (readonly [string, string | undefined])[] = [
    ['Name', 'title'],
    ['Date', 'extra'],
    ['Amount', 'number'],
    ['Xero ID', 'xero'],
    ['Synced', 'state'],
  ];
  const all = h('input', { type: 'checkbox', 'data-select-all': true, 'aria-label': 'Select all' });
  return h(
    'div',
    { class: 'card table-card', 'data-follow': follow },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', { class: 'select' }, all),
          heads.map(([text, name]) => h('th', { class: name, scope: 'col' }, text)),
          h('th', { class: 'peek' }),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) => tableRow(kind, row)),
      ),
    ),
  );
}

function tableRow(kind: Kind, row: Row): Tree {
  const { title, detail, date, amount } = kind.toSummary(row);
  const cell = (name: string, content: Child) => h('td', { class: name }, content ?? '–');
  const select = { type: 'checkbox', name: 'id', value: row.id, 'aria-label': `Select ${title}` };
  const edit = { class: 'icon-button', href: `/${kind.name}/${row.id}/edit`, 'aria-label': `Edit ${title}` };
  return h(
    'tr',
    {},
    h('td', { class: 'select' }, h('input', select)),
    h(
      'td',
      { class: 'name' },
      h(
        'span',
        { class: 'name-cell' },
        h(
          'span',
          {},
          link(`/${kind.name}/${row.id}`, title),
          detail ? h('small', { title: detail }, detail) : undefined,
        ),
      ),
    ),
    cell('extra', date ? formatDay(date) : undefined),
    cell('number', amount && formatTypedMoney(amount)),
    cell('xero', xeroIdLink(row.sync)),
    cell('state', syncCell(row.sync)),
    h('td', { class: 'peek' }, h('a', { ...edit, title: 'Edit' }, icon('note'))),
  );
}
