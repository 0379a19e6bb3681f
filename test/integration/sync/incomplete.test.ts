import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuel, invoiceOf, openSyncDesk, type SyncDesk } from '#test/support/people/sync-desk.ts';
import { startApp } from '#test/support/world/app.ts';

let desk: SyncDesk;
beforeAll(async () => {
  desk = await openSyncDesk(await startApp());
  await desk.put('customers/known', 1, { name: 'Known Ltd' });
});
afterAll(() => desk.app.stop());

const line = { description: 'Work', quantity: '1', unitAmount: '100.00', category: 'Sales' };
const paid = { date: '2026-11-30', amount: '110.00', currency: 'AUD', method: 'bank' };
const order = {
  ...{ number: 'PO-1', supplier: { name: 'BP' }, date: '2026-11-01', currency: 'AUD', lineAmountTypes: 'exclusive' },
  ...{ lines: [{ ...line, category: 'Fuel' }], total: '110.00', status: 'open' },
};
const creditMembers = { ...order, number: 'CR-1', status: undefined };
const invoice = invoiceOf('PART-1', 'known');
const bill = { kind: 'expenses', crmId: 'none' };
const applied = [{ bill: { kind: 'expenses' }, amount: '11.00', date: '2026-11-06' }];

function invoiceWith(more: object) {
  return { ...invoice, lines: [{ ...line, ...more }] };
}

let parts = 0;
describe('a record that lacks a part of a member', () => {
  test.each<[string, string, object]>([
    ['supplier', 'expenses', { ...fuel, supplier: {} }],
    ['supplier', 'expenses', { ...fuel, supplier: { crmId: '' } }],
    ['receipt', 'expenses', { ...fuel, receipt: { name: 'r.pdf' } }],
    ['receipt.name', 'expenses', { ...fuel, receipt: { base64: 'JVBERi0=' } }],
    ['tracking.0.option', 'expenses', { ...fuel, tracking: [{ category: 'Region' }] }],
    ['tracking.0.category', 'expenses', { ...fuel, tracking: [{ option: 'North' }] }],
    ['tracking.0.category', 'expenses', { ...fuel, tracking: [{}] }],
    ['customer', 'invoices', { ...invoice, customer: {} }],
    ['lines.0.item.crmId', 'invoices', invoiceWith({ item: {} })],
    ['lines.0.tracking.0.option', 'invoices', invoiceWith({ tracking: [{ category: 'Region' }] })],
    ['invoice.crmId', 'payments', { ...paid, invoice: { kind: 'invoices' } }],
    ['invoice.kind', 'payments', { ...paid, invoice: { crmId: 'known' } }],
    ['bill.kind', 'payments', { ...paid, bill: {} }],
    ['supplier', 'purchase-orders', { ...order, supplier: {} }],
    ['applied.0.bill.crmId', 'supplier-credits', { ...creditMembers, applied }],
    ['record.id', 'customers', { name: 'No Record Ltd', record: { type: 'company' } }],
  ])('is taken, and its problem names %s (%s)', async (field, kind, data) => {
    parts += 1;
    const path = `${kind}/part-${parts}`;
    const { status, body } = await desk.crm.send('PUT', `/api/records/${path}`, { version: 1, data });
    expect([status, body]).toEqual([202, expect.anything()]);
    const record = await desk.settled(path);
    expect(record.problem).toMatchObject({ code: 'field_missing', field, fix: 'edit_record' });
    expect(record.data).toEqual(JSON.parse(JSON.stringify(data)));
  });
});

describe('a member that says two things', () => {
  test.each<[string, string, object]>([
    ['bill', 'payments', { ...paid, invoice: { kind: 'invoices', crmId: 'never-put' }, bill }],
    ['supplier', 'expenses', { ...fuel, supplier: { crmId: 'never-put', name: 'BP' } }],
    ['customer', 'invoices', { ...invoice, customer: { crmId: 'known', name: 'Known Ltd' } }],
    ['tracking.0', 'expenses', { ...fuel, tracking: [{ crmId: 'never-put', category: 'Region', option: 'North' }] }],
    ['receipt', 'expenses', { ...fuel, receipt: { name: 'r.pdf', base64: 'JVBERi0=', url: 'https://crm.example/r' } }],
  ])('is a problem at once, and neither of them counts (%s, %s)', async (field, kind, data) => {
    const path = `${kind}/twice-${field}`;
    const before = await desk.documents();
    await desk.send(path, 1, data);
    expect(await desk.read(path)).toMatchObject({ state: 'problem', problem: { code: 'field_invalid', field } });
    expect(await desk.documents()).toEqual(before);
  });
});
