import { notFound } from '../../errors.ts';
import { groupsOf } from '../../records/contact-group-book.ts';
import type { Contact } from '../../records/types.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { isTrue, type Listing, listRows, readIds } from '../listing.ts';
import type { ApiCall, ApiRoute } from '../route.ts';
import { toBalances } from './balances.ts';
import { contactToWire } from './contact-wire.ts';
import { writeContacts } from './write-contacts.ts';

const scopes = ['accounting.contacts'];

export const contactRoutes: ApiRoute[] = [
  { method: 'GET', path: '/Contacts', scopes, run: (call) => listContacts(call) },
  { method: 'GET', path: '/Contacts/:id', scopes, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/Contacts', scopes, run: (call) => writeContacts(call, 'create') },
  { method: 'POST', path: '/Contacts', scopes, run: (call) => writeContacts(call, 'create or update') },
  { method: 'POST', path: '/Contacts/:id', scopes, run: (call) => writeContacts(call, 'update') },
];

const listing: Listing<Contact> = {
  id: ({ ContactID }) => ContactID,
  updatedAt: (contact) => contact.updatedAt,
  indexed: ['Name', 'EmailAddress', 'AccountNumber'],
  table: {
    $type: 'Contact',
    ContactID: { type: 'Guid', get: (contact) => contact.ContactID },
    Name: { type: 'String', get: (contact) => contact.Name },
    FirstName: { type: 'String', get: (contact) => contact.FirstName },
    LastName: { type: 'String', get: (contact) => contact.LastName },
    EmailAddress: { type: 'String', get: (contact) => contact.EmailAddress },
    AccountNumber: { type: 'String', get: (contact) => contact.AccountNumber },
    ContactNumber: { type: 'String', get: (contact) => contact.ContactNumber },
    ContactStatus: { type: 'String', get: (contact) => contact.ContactStatus },
    TaxNumber: { type: 'String', get: (contact) => contact.TaxNumber },
    IsCustomer: { type: 'Boolean', get: (contact) => contact.IsCustomer },
    IsSupplier: { type: 'Boolean', get: (contact) => contact.IsSupplier },
    UpdatedDateUTC: { type: 'DateTime', get: (contact) => contact.updatedAt },
  },
};

function listContacts(call: ApiCall) {
  const { query, books, organisation, sandbox } = call;
  const ids = readIds(query.ids);
  const term = query.searchterm?.toLowerCase() ?? '';
  const rows = [...books.contacts.values()]
    .filter(({ ContactID }) => ids === undefined || ids.has(ContactID))
    .filter(({ ContactStatus }) => ContactStatus === 'ACTIVE' || isTrue(query.includearchived))
    .filter((contact) => term === '' || searched(contact).some((text) => text?.toLowerCase().includes(term)));
  const page = listRows(call, rows, listing);
  if (isTrue(query.summaryonly)) {
    return answerPage(call, 'Contacts', page, (contact) => contactToWire(contact, { level: 'summary', groups: [] }));
  }
  return answerPage(call, 'Contacts', page, (contact) => {
    const groups = groupsOf(books, contact.ContactID);
    if (!page.isPaged) return contactToWire(contact, { level: 'list', groups });
    const balances = toBalances(organisation, contact.ContactID, sandbox.clock.now());
    return contactToWire(contact, { level: 'full', groups, ...(balances === undefined ? {} : { balances }) });
  });
}

/** The fields that `searchTerm` searches. It searches neither phones nor contact persons. */
function searched(contact: Contact) {
  return [contact.Name, contact.FirstName, contact.LastName, contact.ContactNumber, contact.EmailAddress];
}

/** By ContactID, or by ContactNumber. */
function answerOne(call: ApiCall) {
  const { books, params, organisation, sandbox } = call;
  const id = params.id ?? '';
  const contact =
    books.contacts.get(id.toLowerCase()) ?? [...books.contacts.values()].find((one) => one.ContactNumber === id);
  if (!contact) throw notFound();
  const groups = groupsOf(books, contact.ContactID);
  const balances = toBalances(organisation, contact.ContactID, sandbox.clock.now());
  return answerElements(call, 'Contacts', [
    contactToWire(contact, { level: 'full', groups, ...(balances === undefined ? {} : { balances }) }),
  ]);
}
