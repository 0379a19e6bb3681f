import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { XeroResource } from '#server/xero/records/records.ts';
import { syncScopes } from './gateway-harness.ts';
import { setGatewayStage } from './gateway-stage.ts';

/** Payments, allocations, groups and lists of sync. */
const stage = setGatewayStage({ scopes: syncScopes });

function caller() {
  return { ...stage.connected.caller, priority: 'sync' as const };
}
function tenantId() {
  return stage.connected.caller.organisationId;
}
async function make(resource: XeroResource, element: Record<string, unknown>): Promise<string> {
  const [answer] = await stage.xero.createRecords(caller(), {
    ...{ resource, elements: [JSON.stringify(element)], idempotencyKey: randomUUID() },
  });
  if (answer?.outcome !== 'done') throw answer?.error;
  return answer.made.id;
}
function contact() {
  return { ContactID: stage.connected.contactId('Kookaburra Couriers') };
}
const lines = [{ Description: 'Fuel', Quantity: 1, UnitAmount: 100, AccountCode: '425' }];
const dates = { Date: '2026-11-10', DueDate: '2026-11-24' };
function makeBill() {
  return make('invoice', { Type: 'ACCPAY', Status: 'AUTHORISED', Contact: contact(), ...dates, LineItems: lines });
}
async function dueOf(id: string) {
  return (await stage.xero.readRecords(caller(), { resource: 'invoice', ids: [id] })).twins.get(id)?.row.AmountDue;
}

describe('a payment', () => {
  const pay = (InvoiceID: string) =>
    make('payment', {
      Invoice: { InvoiceID },
      Account: { Code: '090' },
      Date: '2026-11-12',
      Amount: 60,
      Reference: 'a1',
    });
  const remove = (id: string) => stage.xero.deletePayment(caller(), { id, idempotencyKey: randomUUID() });

  test('is deleted once, and again without harm', async () => {
    const bill = await makeBill();
    const id = await pay(bill);
    const before = await dueOf(bill);
    await remove(id);
    expect([before, await dueOf(bill)]).toEqual(['50', '110']);
    await remove(id);
    await remove(randomUUID());
  });

  test('that is reconciled is kept, with its cause', async () => {
    const id = await pay(await makeBill());
    await stage.harness.control.reconcilePayment({ tenantId: tenantId(), paymentId: id });
    await expect(remove(id)).rejects.toMatchObject({
      ...{ code: 'xero_rejected', details: { proof: 'refused', extension: { cause: 'reconciled' } } },
    });
  });

  test('of more than is due is refused, with its cause', async () => {
    const bill = await makeBill();
    await pay(bill);
    const [answer] = await stage.xero.createRecords(caller(), {
      resource: 'payment',
      elements: [
        JSON.stringify({ Invoice: { InvoiceID: bill }, Account: { Code: '090' }, Amount: 60, Reference: 'b2' }),
      ],
      idempotencyKey: randomUUID(),
    });
    expect(answer).toMatchObject({
      ...{ outcome: 'refused', error: { details: { extension: { cause: 'not_enough_due' } } } },
    });
  });
});

describe('a supplier’s credit', () => {
  const note = () =>
    make('credit_note', { Type: 'ACCPAYCREDIT', Status: 'AUTHORISED', Contact: contact(), ...dates, LineItems: lines });
  const apply = (creditNoteId: string, amounts: [string, string][]) =>
    stage.xero.createAllocations(caller(), {
      creditNoteId,
      allocations: amounts.map(([invoiceId, amount]) => ({ invoiceId, amount, date: '2026-11-12' })),
      idempotencyKey: randomUUID(),
    });

  test('is applied to two bills and taken back, also twice', async () => {
    const [credit, first, second] = [await note(), await makeBill(), await makeBill()];
    const made = await apply(credit, [
      [first, '10.50'],
      [second, '20'],
    ]);
    expect(made.map(({ invoiceId, amount, date }) => [invoiceId, amount, date])).toEqual([
      [first, '10.5', '2026-11-12'],
      [second, '20', '2026-11-12'],
    ]);
    expect(await dueOf(first)).toBe('99.5');
    const id = made[0]?.id ?? '';
    await stage.xero.deleteAllocation(caller(), { creditNoteId: credit, id });
    await stage.xero.deleteAllocation(caller(), { creditNoteId: credit, id });
    expect(await dueOf(first)).toBe('110');
  });

  test('of too much is refused', async () => {
    const [credit, bill] = [await note(), await makeBill()];
    await expect(apply(credit, [[bill, '111']])).rejects.toMatchObject({
      ...{ code: 'xero_rejected', details: { proof: 'refused', errors: [{ path: '' }] } },
    });
  });
});

describe('contact groups', () => {
  test('a group is made, filled, listed and emptied', async () => {
    const name = 'Suppliers from the CRM';
    const made = await stage.xero.createContactGroup(caller(), { name, idempotencyKey: randomUUID() });
    expect(await stage.xero.listContactGroups(caller())).toContainEqual({ id: made.id, name, status: 'ACTIVE' });
    const contactIds = [contact().ContactID, stage.connected.contactId('Blue Gum Dental')];
    const members = { groupId: made.id, contactIds, idempotencyKey: randomUUID() };
    await stage.xero.addToContactGroup(caller(), members);
    await stage.xero.addToContactGroup(caller(), { ...members, idempotencyKey: randomUUID() });
    const groupsOf = async (id = '') => {
      const { twins } = await stage.xero.readRecords(caller(), { resource: 'contact', ids: [id] });
      return JSON.stringify(twins.get(id)?.row.ContactGroups);
    };
    expect(await groupsOf(contactIds[0])).toContain(name);
    const member = { groupId: made.id, contactId: contactIds[0] ?? '' };
    await stage.xero.removeFromContactGroup(caller(), member);
    await stage.xero.removeFromContactGroup(caller(), member);
    expect(await groupsOf(contactIds[0])).not.toContain(name);
    await expect(stage.xero.createContactGroup(caller(), { name, idempotencyKey: randomUUID() })).rejects.toMatchObject(
      { details: { extension: { cause: 'name_taken' } } },
    );
  });
});

describe('the lists', () => {
  test('hold archived accounts, what takes payments, and archived tracking', async () => {
    const { accounts, taxRates, tracking, currencies } = await stage.xero.listSyncLists(caller());
    const byCode = new Map(accounts.map((account) => [account.code, account]));
    expect(byCode.get('477')).toMatchObject({ status: 'ARCHIVED' });
    expect(byCode.get('090')).toMatchObject({ type: 'BANK', takesPayments: true });
    expect(byCode.get('200')).toMatchObject({ class: 'revenue', takesPayments: false, isSystem: false });
    expect(taxRates.find(({ taxType }) => taxType === 'INPUT')).toMatchObject({
      rate: expect.any(String),
      status: 'ACTIVE',
    });
    expect(currencies.map(({ code }) => code)).toContain('AUD');
    const [region] = tracking;
    const option = region?.options[0];
    const elements = [JSON.stringify({ TrackingOptionID: option?.id, Status: 'ARCHIVED' })];
    const archive = {
      resource: 'tracking_option' as const,
      elements,
      idempotencyKey: randomUUID(),
      within: region?.id,
    };
    await stage.xero.updateRecords(caller(), archive);
    const again = (await stage.xero.listSyncLists(caller())).tracking[0]?.options;
    expect(again).toContainEqual({ id: option?.id, name: option?.name, status: 'ARCHIVED' });
  });
});

describe('a consent without the scopes of sync', () => {
  const usual = setGatewayStage();

  test('stops sync only, and says why', async () => {
    await usual.configure({
      scopes: [
        ...['accounting.contacts', 'accounting.invoices', 'accounting.settings.read'],
        ...['accounting.payments', 'accounting.attachments'],
      ],
    });
    const of = usual.connected.caller;
    const write = { resource: 'item' as const, elements: ['{"Code":"ROPE"}'], idempotencyKey: randomUUID() };
    await expect(usual.xero.createRecords({ ...of, priority: 'sync' }, write)).rejects.toMatchObject({
      ...{ code: 'xero_forbidden', details: { extension: { reason: 'scope_missing' } } },
    });
    expect(await usual.harness.store.connections.find(of.workspaceId)).toMatchObject({ status: 'running' });
    expect((await usual.xero.getOrganisation(of)).name).toContain('Demo');
  });
});
