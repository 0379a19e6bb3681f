import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

type Row = Record<string, unknown>;
type Category = { TrackingCategoryID: string; Name: string; Options: { TrackingOptionID: string; Name: string }[] };

async function list(query = ''): Promise<Category[]> {
  return ((await (await desk.read(`/TrackingCategories${query}`)).json()) as { TrackingCategories: Category[] })
    .TrackingCategories;
}
async function region() {
  const found = (await list()).find(({ Name }) => Name === 'Region');
  const optionId = (name: string) => found?.Options.find(({ Name }) => Name === name)?.TrackingOptionID ?? '';
  return { path: `/TrackingCategories/${found?.TrackingCategoryID}`, optionId };
}
function names(category: Category | undefined) {
  return category?.Options.map(({ Name }) => Name);
}
function invoiceIn(Option: string) {
  return {
    Type: 'ACCREC',
    Contact: { ContactID: desk.contact('Blue Gum Dental') },
    LineItems: [{ Description: 'Lamp', UnitAmount: 9, AccountCode: '200', Tracking: [{ Name: 'Region', Option }] }],
  };
}

describe('tracking options', () => {
  test('when one is made, then an invoice can name it', async () => {
    const { path } = await region();
    expect(await desk.write('PUT', `${path}/Options`, { Name: 'Centre' })).toMatchObject({ Status: 'ACTIVE' });
    const invoice = await desk.write('PUT', '/Invoices', invoiceIn('Centre'));
    expect(invoice.LineItems).toMatchObject([{ Tracking: [{ Option: 'Centre' }] }]);
  });

  test('when one is archived, then it is only listed with includeArchived, and refused on lines', async () => {
    const { path, optionId } = await region();
    await desk.write('POST', `${path}/Options/${optionId('West')}`, { Status: 'ARCHIVED' });
    expect(names((await list())[0])).toEqual(['North', 'South', 'East']);
    expect(names((await list('?includeArchived=true'))[0])).toEqual(['North', 'South', 'East', 'West']);
    expect(await desk.refusal('PUT', '/Invoices', invoiceIn('West'))).toEqual([
      "The tracking option 'West' of 'Region' could not be found.",
    ]);
    await desk.write('POST', `${path}/Options/${optionId('West')}`, { Status: 'ACTIVE' });
    expect(names((await list())[0])).toContain('West');
  });

  test('when one is renamed, then documents that have it show the new name', async () => {
    const { path, optionId } = await region();
    const { InvoiceID } = await desk.write('PUT', '/Invoices', invoiceIn('North'));
    await desk.write('POST', `${path}/Options/${optionId('North')}`, { Name: 'Far north' });
    const [invoice] = await desk.list(`/Invoices/${InvoiceID}`);
    const tracking = { TrackingOptionID: optionId('North'), Option: 'Far north' };
    expect(invoice?.LineItems).toMatchObject([{ Tracking: [tracking] }]);
  });

  test('a taken, missing or long name is refused', async () => {
    const { path } = await region();
    const refused = (option: Row) => desk.refusal('PUT', `${path}/Options?summarizeErrors=false`, option);
    expect(await refused({ Name: 'north' })).toEqual(['The Name north is already in use']);
    expect(await refused({})).toEqual(['The Name must be specified']);
    expect(await refused({ Name: 'x'.repeat(101) })).toEqual([
      'The field Name must be a string with a maximum length of 100.',
    ]);
  });

  test('an unused option can be deleted, a used one only archived', async () => {
    const { path, optionId } = await region();
    await desk.write('PUT', '/Invoices', invoiceIn('North'));
    const gone = await desk.send('DELETE', `${path}/Options/${optionId('West')}`);
    expect(await gone.json()).toMatchObject({ Options: [{ Status: 'DELETED', IsDeleted: true }] });
    expect(await desk.refusal('DELETE', `${path}/Options/${optionId('North')}`)).toEqual([
      'A tracking option that is used cannot be deleted. Archive it instead.',
    ]);
  });
});

describe('tracking categories', () => {
  test('when two are active, then a third needs one of them to be archived', async () => {
    const { path } = await region();
    const third = { Name: 'Department', Options: [{ Name: 'Stage' }] };
    expect(await desk.refusal('PUT', '/TrackingCategories', third)).toEqual([
      'There can be at most 2 active tracking categories',
    ]);
    expect(await desk.write('POST', path, { Status: 'ARCHIVED' })).toMatchObject({ Status: 'ARCHIVED' });
    expect(await desk.write('PUT', '/TrackingCategories', third)).toMatchObject({ Options: [{ Name: 'Stage' }] });
    expect((await list()).map(({ Name }) => Name)).toEqual(['Department', 'Salesperson']);
    expect((await list('?includeArchived=true')).map(({ Name }) => Name)).toContain('Region');
    expect(await desk.refusal('POST', path, { Status: 'ACTIVE' })).toEqual([
      'There can be at most 2 active tracking categories',
    ]);
  });

  test('If-Modified-Since changes nothing, and a deletion leaves nothing', async () => {
    const { path } = await region();
    const answer = await desk.read('/TrackingCategories', { 'if-modified-since': new Date().toUTCString() });
    expect(((await answer.json()) as { TrackingCategories: Row[] }).TrackingCategories).toHaveLength(2);
    expect(await (await desk.send('DELETE', path)).json()).toMatchObject({
      TrackingCategories: [{ Status: 'DELETED' }],
    });
    expect((await list('?includeArchived=true')).map(({ Name }) => Name)).toEqual(['Salesperson']);
  });
});
