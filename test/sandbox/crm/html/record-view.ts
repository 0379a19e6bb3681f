import { type RecordType, sectionPaths, toRecordPath } from '../crm.ts';
import type { CrmData } from '../example/crm-data.ts';
import { companyRecord } from './company-record.ts';
import { contactRecord } from './contact-record.ts';
import { dealRecord } from './deal-record.ts';
import { icon } from './icon.ts';
import type { RecordParts } from './record-parts.ts';
import { h, type Tree } from './tree.ts';

export type RecordView = { type: RecordType; id: string; path: string; title: string; content: Tree };

const findParts: Record<RecordType, (data: CrmData, id: string) => RecordParts | undefined> = {
  contact: contactRecord,
  company: companyRecord,
  deal: dealRecord,
};

export function findRecordView(data: CrmData, type: RecordType, id: string): RecordView | undefined {
  const parts = findParts[type](data, id);
  if (!parts) return undefined;
  return {
    type,
    id,
    path: toRecordPath(type, id),
    title: parts.name,
    content: recordContent(data, { type, id }, parts),
  };
}

function recordContent(data: CrmData, key: { type: RecordType; id: string }, parts: RecordParts): Tree {
  return h(
    'article',
    { id: 'record', 'data-type': key.type, 'data-id': key.id },
    h(
      'div',
      { class: 'record-place' },
      h('a', { href: sectionPaths[key.type] }, `All ${sectionPaths[key.type].slice(1)}`),
      pager(data, key),
    ),
    h(
      'header',
      { class: 'record-head' },
      parts.avatar,
      h(
        'div',
        { class: 'record-title' },
        h('h1', { tabindex: '-1', title: parts.name }, parts.name),
        h('p', {}, parts.subtitle),
      ),
      h('div', { class: 'record-actions' }, parts.actions),
    ),
    parts.banner,
    h('div', { class: 'record-body' }, h('div', { class: 'record-facts' }, ...parts.facts), parts.timeline),
  );
}

function pager(data: CrmData, { type, id }: { type: RecordType; id: string }): Tree {
  const ids = { contact: data.contacts, company: data.companies, deal: data.deals }[type].map((record) => record.id);
  const index = ids.indexOf(id);
  return h(
    'nav',
    { class: 'pager', 'aria-label': 'Records' },
    step('previous', type, ids[index - 1]),
    h('span', {}, `${index + 1} of ${ids.length}`),
    step('next', type, ids[index + 1]),
  );
}

function step(direction: 'previous' | 'next', type: RecordType, id: string | undefined): Tree {
  return h(
    'a',
    {
      class: 'icon-button',
      rel: direction === 'next' ? 'next' : 'prev',
      href: id && toRecordPath(type, id),
      'aria-disabled': id ? undefined : 'true',
      'aria-label': `${direction === 'next' ? 'Next' : 'Previous'} ${type}`,
    },
    icon(direction),
  );
}
