import { findCompany, findDeal, listParticipants, toRecordPath } from '../crm.ts';
import { type Company, type CrmData, type Deal, dealStages } from '../example/crm-data.ts';
import { personRow } from './company-record.ts';
import { formatDay, formatMoney } from './format.ts';
import { avatar, card, chip, facts, link } from './parts.ts';
import type { RecordParts } from './record-parts.ts';
import { timeline } from './timeline.ts';
import { h, type Tree } from './tree.ts';

export function dealRecord(data: CrmData, id: string): RecordParts | undefined {
  const deal = findDeal(data, id);
  if (!deal) return undefined;
  const company = findCompany(data, deal.companyId);
  return {
    name: deal.name,
    avatar: avatar(deal.name, 'deal', 'large'),
    subtitle: [h('b', {}, formatMoney(deal.value, deal.currency)), ` net · closes ${formatDay(deal.closeDate)}`],
    banner: stageBar(deal),
    facts: [aboutCard(data, deal, company), productsCard(deal), peopleCard(data, deal)],
    timeline: timeline(data, [id]),
  };
}

function stageBar({ stage }: Deal): Tree {
  const reached = dealStages.indexOf(stage);
  return h(
    'ol',
    { class: 'stages', 'aria-label': 'Stage' },
    dealStages.map((name, index) =>
      h(
        'li',
        { class: index <= reached ? 'reached' : undefined, 'aria-current': index === reached ? 'step' : undefined },
        name,
      ),
    ),
  );
}

function aboutCard(data: CrmData, deal: Deal, company: Company | undefined): Tree {
  return card(
    'About',
    facts([
      ['Value', `${formatMoney(deal.value, deal.currency)} net`],
      ['Close date', formatDay(deal.closeDate)],
      ['Company', company && link(toRecordPath('company', company.id), company.name)],
      ['Owner', data.users.find(({ id }) => id === deal.ownerId)?.name],
      ['Record', deal.id],
    ]),
  );
}

function productsCard({ lines, currency }: Deal): Tree {
  return card(
    'Products',
    lines.length === 0
      ? h('p', { class: 'empty' }, 'No products.')
      : h(
          'ul',
          { class: 'products' },
          lines.map(({ description, quantity, unitAmount }) =>
            h(
              'li',
              {},
              h('span', {}, description),
              h('small', {}, `${quantity} × ${formatMoney(unitAmount, currency)}`),
            ),
          ),
        ),
  );
}

function peopleCard(data: CrmData, deal: Deal): Tree {
  return card(
    'People',
    h(
      'ul',
      { class: 'records' },
      listParticipants(data, deal).map(({ contact, role }) =>
        personRow(contact, chip(role === 'primary' ? 'Primary' : 'Participant')),
      ),
    ),
  );
}
