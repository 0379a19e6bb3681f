import { findCompany, listContactsOf, listDealsOf, toContactName, toRecordPath } from '../crm.ts';
import type { Company, Contact, CrmData } from '../example/crm-data.ts';
import { dealsCard } from './contact-record.ts';
import { icon } from './icon.ts';
import { addressLines, avatar, card, emailLink, facts, phoneLink, recordRow } from './parts.ts';
import type { RecordParts } from './record-parts.ts';
import { listIdsAround, timeline } from './timeline.ts';
import { h, type Tree } from './tree.ts';

export function companyRecord(data: CrmData, id: string): RecordParts | undefined {
  const company = findCompany(data, id);
  if (!company) return undefined;
  return {
    name: company.name,
    avatar: avatar(company.name, 'company', 'large'),
    subtitle: `${company.industry} · ${company.staff} staff`,
    actions: company.email
      ? h('a', { class: 'button', href: `mailto:${company.email}` }, icon('email'), 'E-mail')
      : undefined,
    facts: [
      aboutCard(data, company),
      peopleCard(listContactsOf(data, company)),
      dealsCard(listDealsOf(data, { companyId: id })),
    ],
    timeline: timeline(data, listIdsAround(data, company)),
  };
}

function aboutCard(data: CrmData, company: Company): Tree {
  return card(
    'About',
    facts([
      ['E-mail', emailLink(company.email)],
      ['Phone', phoneLink(company.phone)],
      ['Domain', company.domain],
      ['Address', addressLines(company.address)],
      ['Owner', data.users.find(({ id }) => id === company.ownerId)?.name],
      ['Record', company.id],
    ]),
  );
}

function peopleCard(contacts: readonly Contact[]): Tree {
  return card(
    'People',
    contacts.length === 0
      ? h('p', { class: 'empty' }, 'Nobody yet.')
      : h(
          'ul',
          { class: 'records' },
          contacts.map((contact) => personRow(contact)),
        ),
  );
}

export function personRow(contact: Contact, side?: Tree): Tree {
  const name = toContactName(contact);
  return recordRow({
    href: toRecordPath('contact', contact.id),
    avatar: avatar(name, 'person'),
    name,
    detail: contact.title,
    side,
  });
}
