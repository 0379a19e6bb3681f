import { findCompany, listContactsOf, listDealsOf, type RecordType, toContactName, toRecordPath } from '../crm.ts';
import type { Company, Contact, CrmData, Deal } from '../example/crm-data.ts';
import { formatDay, formatMoney } from './format.ts';
import { icon } from './icon.ts';
import { avatar, chip } from './parts.ts';
import { type Child, h, type Tree } from './tree.ts';

type Column = { name: string; kind?: 'number' | 'extra' | 'wide' };
type Row = { id: string; name: string; avatar: Tree; detail?: string; cells: readonly Child[] };
type List = { title: string; type: RecordType; columns: readonly Column[]; rows: readonly Row[] };

const lists: Record<RecordType, (data: CrmData) => List> = {
  contact: (data) => ({
    title: 'Contacts',
    type: 'contact',
    columns: [
      { name: 'Company' },
      { name: 'E-mail', kind: 'wide' },
      { name: 'Phone', kind: 'extra' },
      { name: 'Stage', kind: 'extra' },
    ],
    rows: data.contacts.map((contact) => toContactRow(data, contact)),
  }),
  company: (data) => ({
    title: 'Companies',
    type: 'company',
    columns: [
      { name: 'City' },
      { name: 'E-mail', kind: 'wide' },
      { name: 'People', kind: 'number' },
      { name: 'Deals', kind: 'number' },
    ],
    rows: data.companies.map((company) => toCompanyRow(data, company)),
  }),
  deal: (data) => ({
    title: 'Deals',
    type: 'deal',
    columns: [
      { name: 'Company' },
      { name: 'Stage' },
      { name: 'Closes', kind: 'extra' },
      { name: 'Value, net', kind: 'number' },
    ],
    rows: data.deals.map((deal) => toDealRow(data, deal)),
  }),
};

/** All records of a type whose row contains the search text, ignoring case. */
export function listView(data: CrmData, type: RecordType, search: string): { title: string; content: Tree } {
  const list = lists[type](data);
  const rows = list.rows.filter((row) => toText([row.name, row.detail, ...row.cells]).includes(search.toLowerCase()));
  return {
    title: list.title,
    content: h('article', { id: 'list', class: 'list' }, listHead(list, rows.length), table(list, rows)),
  };
}

function toText(cells: readonly Child[]): string {
  return cells
    .map((cell) => {
      if (cell === undefined || typeof cell === 'string') return cell ?? '';
      return 'tag' in cell ? toText(cell.children) : toText(cell);
    })
    .join(' ')
    .toLowerCase();
}

function listHead({ title, rows }: List, shown: number): Tree {
  return h(
    'header',
    { class: 'list-head' },
    h('h1', {}, title),
    h('span', {}, shown === rows.length ? `${shown}` : `${shown} of ${rows.length}`),
  );
}

function table(list: List, rows: readonly Row[]): Tree {
  if (rows.length === 0) return h('p', { class: 'empty' }, `No ${list.title.toLowerCase()} found.`);
  return h(
    'div',
    { class: 'card table-card' },
    h(
      'table',
      {},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('th', {}, 'Name'),
          list.columns.map(({ name, kind }) => h('th', { class: kind }, name)),
          h('th', {}),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map((row) => tableRow(list, row)),
      ),
    ),
  );
}

function tableRow({ type, columns }: List, row: Row): Tree {
  const href = toRecordPath(type, row.id);
  return h(
    'tr',
    {},
    h(
      'td',
      { class: 'name' },
      h(
        'span',
        { class: 'name-cell' },
        row.avatar,
        h(
          'span',
          {},
          h('a', { href, title: row.name }, row.name),
          row.detail ? h('small', { title: row.detail }, row.detail) : undefined,
        ),
      ),
    ),
    columns.map(({ kind }, index) => h('td', { class: kind }, row.cells[index] ?? '–')),
    h('td', { class: 'peek' }, quickButton(type, row)),
  );
}

function quickButton(type: RecordType, { id, name }: Row): Tree {
  return h(
    'button',
    {
      class: 'icon-button',
      type: 'button',
      'data-quick': id,
      'data-type': type,
      'data-name': name,
      title: 'Quick view',
      'aria-label': `Quick view of ${name}`,
    },
    icon('peek'),
  );
}

function toContactRow(data: CrmData, contact: Contact): Row {
  const name = toContactName(contact);
  return {
    id: contact.id,
    name,
    avatar: avatar(name, 'person'),
    detail: contact.title,
    cells: [findCompany(data, contact.companyId)?.name, contact.email, contact.phone, chip(contact.stage)],
  };
}

function toCompanyRow(data: CrmData, company: Company): Row {
  return {
    id: company.id,
    name: company.name,
    avatar: avatar(company.name, 'company'),
    detail: company.industry,
    cells: [
      company.address.city,
      company.email,
      String(listContactsOf(data, company).length),
      String(listDealsOf(data, { companyId: company.id }).length),
    ],
  };
}

function toDealRow(data: CrmData, deal: Deal): Row {
  return {
    id: deal.id,
    name: deal.name,
    avatar: avatar(deal.name, 'deal'),
    cells: [
      findCompany(data, deal.companyId)?.name,
      chip(deal.stage, deal.stage === 'Won' ? 'good' : 'plain'),
      formatDay(deal.closeDate),
      formatMoney(deal.value, deal.currency),
    ],
  };
}
