import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

async function accountId(code: string): Promise<string> {
  const rows = await desk.list('/Accounts');
  return String(rows.find(({ Code }) => Code === code)?.AccountID);
}
const travel = { Code: '499', Name: 'Travel', Type: 'EXPENSE', TaxType: 'INPUT' };

describe('accounts', () => {
  test('when one is made, then its type gives the class, and bills can use it', async () => {
    expect(await desk.write('PUT', '/Accounts', travel)).toMatchObject({ Class: 'EXPENSE', Status: 'ACTIVE' });
    const bill = await desk.write('PUT', '/Invoices', {
      Type: 'ACCPAY',
      Contact: { ContactID: desk.contact('Kookaburra Couriers') },
      LineItems: [{ Description: 'Flight', UnitAmount: 100, AccountCode: '499' }],
    });
    expect(bill).toMatchObject({ TotalTax: 10 });
  });

  test.each([
    ['a taken code', { ...travel, Code: '200' }, 'Please enter a unique Code.'],
    ['a taken name', { ...travel, Name: 'sales' }, 'Please enter a unique Name.'],
    ['no type', { Code: '499', Name: 'Travel' }, 'Please enter a valid account Type.'],
    ['a bank account without a number', { ...travel, Type: 'BANK' }, 'Please enter a Bank Account Number.'],
  ])('%s is refused', async (_, account, text) => {
    expect(await desk.refusal('PUT', '/Accounts?summarizeErrors=false', account)).toEqual([text]);
  });

  test('when payments are enabled on it, then it takes them', async () => {
    const invoice = await desk.write('PUT', '/Invoices', {
      Type: 'ACCREC',
      Status: 'AUTHORISED',
      DueDate: '2030-01-01',
      Contact: { ContactID: desk.contact('Blue Gum Dental') },
      LineItems: [{ Description: 'Lamp', UnitAmount: 100, AccountCode: '200' }],
    });
    const payment = { Invoice: { InvoiceID: invoice.InvoiceID }, Account: { Code: '260' }, Amount: 1 };
    expect(await desk.refusal('PUT', '/Payments', payment)).toEqual([
      'Account must be a bank account or have payments enabled',
    ]);
    const change = { EnablePaymentsToAccount: true };
    await desk.write('POST', `/Accounts/${await accountId('260')}`, { Accounts: [change] });
    expect(await desk.write('PUT', '/Payments', payment)).toMatchObject({ Account: { Code: '260' } });
  });

  test('the list tells what changed since', async () => {
    const since = new Date((await desk.session.control.clock({ advanceSeconds: 60 })).now).toUTCString();
    expect((await desk.read('/Accounts', { 'if-modified-since': since })).status).toBe(304);
    await desk.write('POST', `/Accounts/${await accountId('404')}`, { Status: 'ARCHIVED' });
    const answer = await desk.read('/Accounts', { 'if-modified-since': since });
    expect(await answer.json()).toMatchObject({ Accounts: [{ Code: '404', Status: 'ARCHIVED' }] });
  });

  test('an unused account can be deleted, one in use or of the system cannot', async () => {
    const path = `/Accounts/${await accountId('404')}`;
    expect(await (await desk.send('DELETE', path)).json()).toMatchObject({ Accounts: [{ Status: 'DELETED' }] });
    expect((await desk.read(path)).status).toBe(404);
    expect(await desk.refusal('DELETE', `/Accounts/${await accountId('200')}`)).toEqual([
      'An account that is used cannot be deleted. Archive it instead.',
    ]);
    expect(await desk.refusal('DELETE', `/Accounts/${await accountId('610')}`)).toEqual([
      'A system account cannot be deleted.',
    ]);
  });
});
