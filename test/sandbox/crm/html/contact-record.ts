import { findCompany, findContact, listDealsOf, toContactName, toRecordPath } from '../crm.ts';
import type { Company, Contact, CrmData, Deal } from '../example/crm-data.ts';
import { formatMoney } from './format.ts';
import { icon } from './icon.ts';
import { addressLines, avatar, card, chip, emailLink, facts, link, phoneLink, recordRow } from './parts.ts';
import type { RecordParts } from './record-parts.ts';
import { timeline } from './timeline.ts';
import { h, type Tree } from './tree.ts';

export function contactRecord(data: CrmData, id: string): RecordParts | undefined {
  const contact = findContact(data, id);
  if (!contact) return undefined;
  const name = toContactName(contact);
  const company = findCompany(data, contact.companyId);
  return {
    name,
    avatar: avatar(name, 'person', 'large'),
    subtitle: toSubtitle(contact, company),
    actions: [
      contact.email ? h('a', { class: 'button', href: `mailto:${contact.email}` }, icon('email'), 'E-mail') : undefined,
      contact.phone
        ? h('a', { class: 'button', href: `tel:${contact.phone.replaceAll(' ', '')}` }, icon('call'), 'Call')
        : undefined,
    ],
    facts: [aboutCard(data, contact, company), companyCard(company), dealsCard(listDealsOf(data, { contactId: id }))],
    timeline: timeline(data, [id]),
  };
}

function toSubtitle({ title }: Contact, company: Company | undefined) {
  if (!company) return title ?? 'No company';
  return [title ? `${title} at ` : 'At ', link(toRecordPath('company', company.id), company.name)];
}

function aboutCard(data: CrmData, contact: Contact, company: Company | undefined): Tree {
  return card(
    'About',
    facts([
      ['E-mail', emailLink(contact.email)],
      ['Phone', phoneLink(contact.phone)],
      ['Address', addressLines(contact.address ?? company?.address)],
      ['Stage', chip(contact.stage)],
      ['Owner', data.users.find(({ id }) => id === contact.ownerId)?.name],
      ['Source', contact.source],
      ['Record', contact.id],
    ]),
  );
}

function companyCard(company: Company | undefined): Tree {
  return card(
    'Company',
    company
      ? h(
          'ul',
          { class: 'records' },
          recordRow({
            href: toRecordPath('company', company.id),
            avatar: avatar(company.name, 'company'),
            name: company.name,
            detail: company.industry,
          }),
        )
      : h('p', { class: 'empty' }, 'Not at a company.'),
  );
}

export function dealsCard(deals: readonly Deal[]): Tree {
  return card(
    'Deals',
    deals.length === 0
      ? h('p', { class: 'empty' }, 'No deals.')
      : h(
          'ul',
          { class: 'records' },
          deals.map(({ id, name, value, currency, stage }) =>
            recordRow({
              href: toRecordPath('deal', id),
              avatar: avatar(name, 'deal'),
              name,
              detail: `${formatMoney(value, currency)} · ${stage}`,
            }),
          ),
        ),
  );
}
