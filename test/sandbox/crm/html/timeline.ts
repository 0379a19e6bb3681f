import { listContactsOf, listDealsOf } from '../crm.ts';
import type { Activity, ActivityKind, Company, CrmData } from '../example/crm-data.ts';
import { formatMoment } from './format.ts';
import { icon } from './icon.ts';
import { card } from './parts.ts';
import { h, type Tree } from './tree.ts';

const verbs: Record<ActivityKind, string> = {
  email: 'E-mail from',
  call: 'Call by',
  meeting: 'Meeting by',
  note: 'Note by',
  task: 'Task for',
};

export function timeline(data: CrmData, ids: readonly string[]): Tree {
  const activities = data.activities
    .filter(({ about }) => about.some((id) => ids.includes(id)))
    .sort((a, b) => b.at.localeCompare(a.at));
  if (activities.length === 0) return card('Activity', h('p', { class: 'empty' }, 'Nothing has happened here yet.'));
  return card(
    'Activity',
    h(
      'ol',
      { class: 'timeline' },
      activities.map((activity) => entry(data, activity)),
    ),
  );
}

function entry(data: CrmData, { kind, at, by, title, text }: Activity): Tree {
  return h(
    'li',
    { class: kind },
    icon(kind),
    h('h3', {}, title),
    h('p', { class: 'by' }, `${verbs[kind]} ${toName(data, by)} · ${formatMoment(at)}`),
    h('p', {}, text),
  );
}

function toName(data: CrmData, by: string): string {
  return data.users.find(({ id }) => id === by)?.name ?? by;
}

/** A company's timeline includes its people and deals. */
export function listIdsAround(data: CrmData, company: Company): string[] {
  return [company, ...listContactsOf(data, company), ...listDealsOf(data, { companyId: company.id })].map(
    ({ id }) => id,
  );
}
