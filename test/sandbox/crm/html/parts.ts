import type { Address } from '../example/crm-data.ts';
import { toInitials, toTone } from './format.ts';
import { type Child, h, type Tree } from './tree.ts';

export function avatar(name: string, shape: 'person' | 'company' | 'deal', size = 'small'): Tree {
  return h('span', { class: `avatar ${shape} ${size} ${toTone(name)}`, 'aria-hidden': 'true' }, toInitials(name));
}

export function card(title: string, ...children: Child[]): Tree {
  return h('section', { class: 'card' }, h('h2', {}, title), ...children);
}

/** A row without a value shows a dash, so that a missing value is visible. */
export function facts(rows: readonly (readonly [string, Child])[]): Tree {
  return h(
    'dl',
    { class: 'facts' },
    rows.map(([label, value]) => h('div', {}, h('dt', {}, label), h('dd', {}, value ?? '–'))),
  );
}

export function chip(text: string, tone = 'plain'): Tree {
  return h('span', { class: `chip ${tone}` }, text);
}

export function link(href: string, ...children: Child[]): Tree {
  return h('a', { href }, ...children);
}

/** A long address breaks after its @ first. */
export function emailLink(email: string | undefined): Tree | undefined {
  if (email === undefined) return undefined;
  const at = email.lastIndexOf('@') + 1;
  return link(`mailto:${email}`, email.slice(0, at), h('wbr'), email.slice(at));
}

export function phoneLink(phone: string | undefined): Tree | undefined {
  return phone === undefined ? undefined : link(`tel:${phone.replaceAll(' ', '')}`, phone);
}

export function addressLines(address: Address | undefined): Tree | undefined {
  if (!address) return undefined;
  const { line1, line2, city, region, postalCode, country } = address;
  const lines = [line1, line2, [city, region, postalCode].filter(Boolean).join(' '), country];
  return h('address', {}, ...lines.map((line) => line && h('span', {}, line)));
}

/** A record named in another record's card. */
export function recordRow(row: { href: string; avatar: Tree; name: string; detail?: string; side?: Child }): Tree {
  return h(
    'li',
    { class: 'record-row' },
    row.avatar,
    h(
      'span',
      { class: 'record-row-text' },
      h('a', { href: row.href, title: row.name }, row.name),
      row.detail ? h('small', { title: row.detail }, row.detail) : undefined,
    ),
    row.side,
  );
}
