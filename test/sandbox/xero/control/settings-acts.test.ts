import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { invoiceForms } from '../testing/invoices.ts';

let desk: TestDesk;
const { approved, bill, draft, post, put, refused, refusedChange } = invoiceForms(() => desk);

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

function control() {
  return desk.session.control;
}
const archivedText =
  'The specified contact details matched an archived contact. Archived contacts cannot currently be edited via the API.';
async function readContact(name: string) {
  return (await desk.list(`/Contacts/${desk.contact(name)}`))[0];
}
function pay(InvoiceID: unknown, more = {}) {
  return {
    Invoice: { InvoiceID },
    Account: { Code: '880' },
    Amount: 1,
    ...more,
  };
}

describe('contacts that a person archives or merges', () => {
  test('when a contact is archived, then documents are refused until it is restored', async () => {
    const contact = { tenantId: desk.tenantId(), contactId: desk.contact('Blue Gum Dental') };
    await control().archiveContact(contact);
    expect(await refused(draft())).toEqual([archivedText]);
    expect(await desk.list('/Contacts')).not.toContainEqual(expect.objectContaining({ Name: 'Blue Gum Dental' }));
    await control().archiveContact({ ...contact, isArchived: false });
    expect(await put(draft())).toMatchObject({ Total: 110 });
  });

  test('an app archives and restores a contact by its status, and cannot edit an archived one', async () => {
    const path = `/Contacts/${desk.contact('Blue Gum Dental')}`;
    const send = (ContactStatus: string) => desk.write('POST', path, { Contacts: [{ ContactStatus }] });
    expect(await send('ARCHIVED')).toMatchObject({ ContactStatus: 'ARCHIVED' });
    expect(await desk.refusal('POST', path, { Contacts: [{ FirstName: 'Nia' }] })).toEqual([archivedText]);
    expect(await send('ACTIVE')).toMatchObject({ ContactStatus: 'ACTIVE', Name: 'Blue Gum Dental' });
  });

  test('when its name was taken meanwhile, then it cannot be restored', async () => {
    const path = `/Contacts/${desk.contact('Blue Gum Dental')}`;
    await desk.write('POST', path, { ContactStatus: 'ARCHIVED' });
    await desk.write('PUT', '/Contacts', { Contacts: [{ Name: 'Blue Gum Dental' }] });
    expect(await desk.refusal('POST', path, { ContactStatus: 'ACTIVE' })).toMatchObject([
      expect.stringContaining('is already assigned to another contact'),
    ]);
  });

  test('when contacts are merged, then documents move, and the merged one stays archived', async () => {
    const { InvoiceID } = await put(approved());
    const order = { Contact: { ContactID: desk.contact('Blue Gum Dental') }, LineItems: [{ Description: 'Lamp' }] };
    const { PurchaseOrderID } = await desk.write('PUT', '/PurchaseOrders', order);
    const [contactId, intoContactId] = [desk.contact('Blue Gum Dental'), desk.contact('Nordlys Trading AS')];
    await control().mergeContacts({ tenantId: desk.tenantId(), contactId, intoContactId });
    expect(await readContact('Blue Gum Dental')).toMatchObject({ MergedToContactID: intoContactId });
    const Contact = { ContactID: intoContactId };
    expect(await desk.list(`/Invoices/${InvoiceID}`)).toMatchObject([{ Contact }]);
    expect(await desk.list(`/PurchaseOrders/${PurchaseOrderID}`)).toMatchObject([{ Contact }]);
    expect(await desk.refusal('POST', `/Contacts/${contactId}`, { ContactStatus: 'ACTIVE' })).toEqual([
      'A contact that was merged cannot be restored.',
    ]);
  });
});

describe('lock dates', () => {
  test('when the lock date moves, then what is on or before it is refused, and told by the organisation', async () => {
    const { InvoiceID } = await put(approved());
    const text = 'The document date cannot be before the period lock date, currently set at 1 November 2026';
    await control().lockDate({ tenantId: desk.tenantId(), period: '2026-11-01' });
    expect(await refused(approved())).toEqual([text]);
    expect(await refusedChange(InvoiceID, { Date: '2026-11-05' })).toEqual([text]);
    expect(await refusedChange(InvoiceID, { Status: 'VOIDED' })).toEqual([text]);
    expect(await desk.refusal('PUT', '/Payments', pay(InvoiceID, { Date: '2026-11-01' }))).toEqual([text]);
    const [organisation] = await desk.list('/Organisation');
    expect(organisation).toMatchObject({ PeriodLockDate: `/Date(${Date.UTC(2026, 10, 1)}+0000)/` });
    await control().lockDate({ tenantId: desk.tenantId(), period: null });
    expect(await post(InvoiceID, { Date: '2026-11-05' })).toMatchObject({ DateString: '2026-11-05T00:00:00' });
  });

  test('when the year is locked, then its text says so', async () => {
    await control().lockDate({ tenantId: desk.tenantId(), endOfYear: '2026-11-01' });
    expect(await refused(approved())).toMatchObject([expect.stringContaining('end of year lock date')]);
  });
});

describe('accounts and plans', () => {
  test('when an account stops taking payments, then payments to it are refused', async () => {
    const { InvoiceID } = await put(approved());
    expect(await desk.write('PUT', '/Payments', pay(InvoiceID))).toMatchObject({ Account: { Code: '880' } });
    await control().changeAccount({ tenantId: desk.tenantId(), code: '880', takesPayments: false });
    expect(await desk.refusal('PUT', '/Payments', pay(InvoiceID))).toEqual([
      'Account must be a bank account or have payments enabled',
    ]);
  });

  test('when the plan’s limit is reached, then drafts still go, and a bill counts apart', async () => {
    await control().planLimit({ tenantId: desk.tenantId(), invoices: 1 });
    const future = { Date: '2031-03-01', DueDate: '2031-04-01' };
    const { InvoiceID } = await put(approved(future));
    expect(await refused(approved(future))).toEqual(['You have reached the limit of invoices you can approve.']);
    expect(await put(draft(future))).toMatchObject({ Status: 'DRAFT' });
    expect(await put(bill({ ...future, Status: 'AUTHORISED' }))).toMatchObject({ Status: 'AUTHORISED' });
    expect(await put(approved({ ...future, Date: '2031-04-01' }))).toMatchObject({ Status: 'AUTHORISED' });
    expect(await post(InvoiceID, { Reference: 'again' })).toMatchObject({ Reference: 'again' });
    await control().planLimit({ tenantId: desk.tenantId(), invoices: null, bills: 0 });
    expect(await put(approved(future))).toMatchObject({ Status: 'AUTHORISED' });
    expect(await refused(bill({ ...future, Status: 'AUTHORISED' }))).toEqual([
      'You have reached the limit of bills you can approve.',
    ]);
  });
});

test('tracking is renamed, archived and restored, and an unknown option is not found', async () => {
  const tenantId = desk.tenantId();
  const read = () => desk.list('/TrackingCategories?includeArchived=true');
  const [category] = (await read()) as { TrackingCategoryID: string; Options: { TrackingOptionID: string }[] }[];
  const optionId = category?.Options[0]?.TrackingOptionID ?? '';
  await control().changeTrackingOption({ tenantId, optionId, name: 'Far North', isArchived: true });
  await control().renameTrackingCategory({ tenantId, categoryId: category?.TrackingCategoryID ?? '', name: 'Area' });
  const [renamed] = await read();
  expect(renamed).toMatchObject({ Name: 'Area' });
  expect(renamed?.Options).toContainEqual(expect.objectContaining({ Name: 'Far North', Status: 'ARCHIVED' }));
  await control().changeTrackingOption({ tenantId, optionId, isArchived: false });
  expect((await read())[0]?.Options).toContainEqual(expect.objectContaining({ Name: 'Far North', Status: 'ACTIVE' }));
  await expect(control().changeTrackingOption({ tenantId, optionId: 'none' })).rejects.toThrow();
});
