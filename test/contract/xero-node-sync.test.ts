import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { AccountType } from 'xero-node/dist/gen/model/accounting/accountType.js';
import { CreditNote } from 'xero-node/dist/gen/model/accounting/creditNote.js';
import { Invoice } from 'xero-node/dist/gen/model/accounting/invoice.js';
import { TaxRate } from 'xero-node/dist/gen/model/accounting/taxRate.js';
import { TrackingOption } from 'xero-node/dist/gen/model/accounting/trackingOption.js';
import { openTestDesk, type TestDesk } from '#test/sandbox/xero/testing/desk.ts';

let desk: TestDesk;
let api: AccountingApi;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(async () => {
  await desk.renew();
  api = new AccountingApi(`${desk.session.xero.origin}/api.xro/2.0`);
  api.accessToken = (await desk.session.connect()).access_token;
});

function tenant() {
  return desk.tenantId();
}
function contact() {
  return { contactID: desk.contact('Kookaburra Couriers') };
}
const line = { description: 'Freight', quantity: 2, unitAmount: 50, accountCode: '425' };

async function makeBill(): Promise<string> {
  const bill = {
    type: Invoice.TypeEnum.ACCPAY,
    status: Invoice.StatusEnum.AUTHORISED,
    contact: contact(),
    date: '2026-11-10',
    dueDate: '2026-11-24',
    lineItems: [line],
  };
  const { body } = await api.createInvoices(tenant(), { invoices: [bill] });
  return body.invoices?.[0]?.invoiceID ?? '';
}

describe('what sync writes, through xero-node', () => {
  test('when a payment is made and deleted, then its classes read both', async () => {
    const invoiceID = await makeBill();
    const payment = { invoice: { invoiceID }, account: { code: '090' }, amount: 10, reference: 'crm-1' };
    const made = await api.createPayments(tenant(), { payments: [payment] }, false);
    const { paymentID = '' } = made.body.payments?.[0] ?? {};
    expect(made.body.payments?.[0]).toMatchObject({ amount: 10, statusAttributeString: 'OK' });
    const gone = await api.deletePayment(tenant(), paymentID, { status: 'DELETED' });
    expect(gone.body.payments?.[0]).toMatchObject({ paymentID, status: 'DELETED', invoice: { amountDue: 110 } });
  });

  test('when a supplier credit is applied to a bill, then it can be taken back', async () => {
    const invoiceID = await makeBill();
    const note = {
      type: CreditNote.TypeEnum.ACCPAYCREDIT,
      status: CreditNote.StatusEnum.AUTHORISED,
      contact: contact(),
      lineItems: [line],
    };
    const { body } = await api.createCreditNotes(tenant(), { creditNotes: [note] });
    const { creditNoteID = '' } = body.creditNotes?.[0] ?? {};
    const allocation = { invoice: { invoiceID }, amount: 10, date: '2026-11-11' };
    const applied = await api.createCreditNoteAllocation(tenant(), creditNoteID, { allocations: [allocation] });
    const { allocationID = '' } = applied.body.allocations?.[0] ?? {};
    const gone = await api.deleteCreditNoteAllocations(tenant(), creditNoteID, allocationID);
    expect(gone.body).toMatchObject({ allocationID, isDeleted: true, amount: 10 });
  });

  test('when an order and an item are made, then the item can be deleted', async () => {
    const order = { contact: contact(), lineItems: [line], purchaseOrderNumber: 'CRM-9' };
    const orders = await api.createPurchaseOrders(tenant(), { purchaseOrders: [order] });
    expect(orders.body.purchaseOrders?.[0]).toMatchObject({ purchaseOrderNumber: 'CRM-9', total: 110 });
    const items = await api.createItems(tenant(), { items: [{ code: 'ROPE', name: 'Rope' }] });
    expect(items.body.items?.[0]).toMatchObject({ code: 'ROPE', isSold: true });
    const deleted = await api.deleteItem(tenant(), items.body.items?.[0]?.itemID ?? '');
    expect(deleted.response.status).toBe(204);
  });

  test('when a group, an account and a tracking option are made, then their single bodies are taken', async () => {
    const groups = await api.createContactGroup(tenant(), { contactGroups: [{ name: 'Suppliers from CRM' }] });
    const groupId = groups.body.contactGroups?.[0]?.contactGroupID ?? '';
    const added = await api.createContactGroupContacts(tenant(), groupId, { contacts: [contact()] });
    expect(added.body.contacts).toMatchObject([contact()]);
    expect((await api.deleteContactGroupContacts(tenant(), groupId)).response.status).toBe(204);
    const account = { code: '499', name: 'Travel', type: AccountType.EXPENSE };
    expect((await api.createAccount(tenant(), account)).body.accounts).toMatchObject([{ code: '499' }]);
    const { trackingCategories } = (await api.getTrackingCategories(tenant())).body;
    const categoryId = trackingCategories?.[0]?.trackingCategoryID ?? '';
    const made = await api.createTrackingOptions(tenant(), categoryId, { name: 'Depot 4' });
    const optionId = made.body.options?.[0]?.trackingOptionID ?? '';
    const archived = { status: TrackingOption.StatusEnum.ARCHIVED };
    const changed = await api.updateTrackingOptions(tenant(), categoryId, optionId, archived);
    expect(changed.body.options).toMatchObject([{ name: 'Depot 4', status: 'ARCHIVED' }]);
  });

  test('when a tax rate is made, then Xero’s number is its id', async () => {
    const reportTaxType = TaxRate.ReportTaxTypeEnum.INPUT;
    const rate = { name: 'State', reportTaxType, taxComponents: [{ name: 'State tax', rate: 2.25 }] };
    const { body } = await api.createTaxRates(tenant(), { taxRates: [rate] });
    expect(body.taxRates).toMatchObject([{ taxType: 'TAX002', effectiveRate: 2.25 }]);
  });
});
