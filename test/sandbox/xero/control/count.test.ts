import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { invoiceForms } from '../testing/invoices.ts';

let desk: TestDesk;
const { approved, put } = invoiceForms(() => desk);

beforeAll(async () => {
  desk = await openTestDesk();
  await desk.renew();
});
afterAll(() => desk.session.xero.close());

test('every kind of document of a contact can be counted', async () => {
  const contactId = desk.contact('Blue Gum Dental');
  const count = async () => {
    const documents = await desk.session.control.documents({ tenantId: desk.tenantId(), contactId });
    return [documents.invoices, documents.purchaseOrders, documents.creditNotes, documents.payments].map(
      ({ length }) => length,
    );
  };
  expect(await count()).toEqual([1, 0, 0, 0]);
  const Contact = { ContactID: contactId };
  const LineItems = [{ Description: 'Lamp', UnitAmount: 1 }];
  const { InvoiceID } = await put(approved());
  await desk.write('PUT', '/PurchaseOrders', { Contact, LineItems });
  await desk.write('PUT', '/CreditNotes', { Type: 'ACCPAYCREDIT', Contact });
  await desk.write('PUT', '/Payments', { Invoice: { InvoiceID }, Account: { Code: '090' }, Amount: 1 });
  expect(await count()).toEqual([2, 1, 1, 1]);
});

test('contacts and items can be counted, archived contacts too', async () => {
  const { control } = desk.session;
  const tenantId = desk.tenantId();
  const before = await control.directory({ tenantId });
  const { ContactID } = await control.addContact({ tenantId, Name: 'Counted Ltd' });
  await control.archiveContact({ tenantId, contactId: ContactID });
  await desk.write('PUT', '/Items', { Code: 'COUNTED', Name: 'Counted' });
  const { contacts, items } = await control.directory({ tenantId });
  expect(contacts.filter(({ Name }) => Name === 'Counted Ltd')).toMatchObject([
    { ContactID, ContactStatus: 'ARCHIVED' },
  ]);
  expect(items.filter(({ Code }) => Code === 'COUNTED')).toHaveLength(1);
  expect([contacts.length, items.length]).toEqual([before.contacts.length + 1, before.items.length + 1]);
});
