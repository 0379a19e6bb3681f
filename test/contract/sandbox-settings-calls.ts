import { callOf, noBody } from './call-of.ts';
import type { SandboxCall } from './sandbox-calls.ts';

export type SettingsIds = Record<
  | 'item'
  | 'unusedItem'
  | 'trackedItem'
  | 'account'
  | 'unusedAccount'
  | 'category'
  | 'unusedCategory'
  | 'option'
  | 'unusedOption'
  | 'group'
  | 'contact'
  | 'archived',
  string
>;

/** Items, accounts, tax rates, tracking and contact groups. */
export function toSettingsCalls(ids: SettingsIds): SandboxCall[] {
  return [...itemCalls(ids), ...accountCalls(ids), ...taxRateCalls(), ...trackingCalls(ids), ...groupCalls(ids)];
}

function itemCalls({ item, unusedItem, trackedItem }: SettingsIds): SandboxCall[] {
  const good = {
    Code: 'ROPE',
    Name: 'Rope, metre',
    SalesDetails: { UnitPrice: 2.5, AccountCode: '200', TaxType: 'OUTPUT' },
  };
  const bad = { Code: 'LAMP-S', SalesDetails: { TaxType: 'NOTHING' } };
  const Items = [{ ...good, Code: 'ROPE-2' }, bad];
  return [
    callOf('GET', '/Items/{ItemID}', [item]),
    callOf('PUT', '/Items', [], { body: { Items: [good] } }),
    callOf('PUT', '/Items', [], { body: { Items: [bad] }, status: 400 }),
    callOf('PUT', '/Items', [], { path: '/Items?summarizeErrors=false', body: { Items } }),
    callOf('POST', '/Items', [], { path: '/Items?summarizeErrors=false&unitdp=4', body: { Items } }),
    callOf('POST', '/Items/{ItemID}', [item], { body: { Items: [{ Code: 'FREIGHT', IsSold: false }] } }),
    callOf('DELETE', '/Items/{ItemID}', [unusedItem], noBody),
    callOf('DELETE', '/Items/{ItemID}', [trackedItem], { status: 400 }),
  ];
}

function accountCalls({ account, unusedAccount }: SettingsIds): SandboxCall[] {
  return [
    callOf('GET', '/Accounts/{AccountID}', [account]),
    callOf('PUT', '/Accounts', [], { body: { Code: '499', Name: 'Travel', Type: 'EXPENSE', TaxType: 'INPUT' } }),
    callOf('PUT', '/Accounts', [], { body: { Code: '498', Name: 'Sales', Type: 'EXPENSE' }, status: 400 }),
    callOf('POST', '/Accounts/{AccountID}', [account], { body: { Accounts: [{ EnablePaymentsToAccount: true }] } }),
    callOf('POST', '/Accounts/{AccountID}', [account], { body: { Code: '400' }, status: 400 }),
    callOf('DELETE', '/Accounts/{AccountID}', [unusedAccount]),
    callOf('DELETE', '/Accounts/{AccountID}', [account], { status: 400 }),
  ];
}

function taxRateCalls(): SandboxCall[] {
  const TaxComponents = [{ Name: 'State tax', Rate: 2.25 }];
  const body = { TaxRates: [{ Name: 'State', ReportTaxType: 'INPUT', TaxComponents }] };
  return [
    callOf('GET', '/TaxRates/{TaxType}', ['OUTPUT']),
    callOf('PUT', '/TaxRates', [], { body }),
    callOf('PUT', '/TaxRates', [], { body, status: 400 }),
    callOf('POST', '/TaxRates', [], { body: { TaxRates: [{ Name: 'State', Status: 'DELETED' }] } }),
    callOf('POST', '/TaxRates', [], { body: { TaxRates: [{ Name: 'Nowhere' }] }, status: 400 }),
  ];
}

function trackingCalls(ids: SettingsIds): SandboxCall[] {
  const { category, unusedCategory, option, unusedOption } = ids;
  const categories = '/TrackingCategories';
  const one = '/TrackingCategories/{TrackingCategoryID}';
  const options = `${one}/Options`;
  const oneOption = `${options}/{TrackingOptionID}`;
  return [
    callOf('GET', one, [category]),
    callOf('POST', one, [unusedCategory], { body: { Status: 'ARCHIVED' } }),
    callOf('PUT', categories, [], { body: { Name: 'Department', Options: [{ Name: 'Stage' }] } }),
    callOf('PUT', categories, [], { body: { Name: 'Location' }, status: 400 }),
    callOf('GET', categories, [], { path: `${categories}?includeArchived=true` }),
    callOf('POST', one, [unusedCategory], { body: { Name: 'Region' }, status: 400 }),
    callOf('PUT', options, [category], { body: { Name: 'Centre' } }),
    callOf('PUT', options, [category], { body: { Name: 'North' }, status: 400 }),
    callOf('POST', oneOption, [category, option], { body: { Name: 'Far north', Status: 'ARCHIVED' } }),
    callOf('POST', oneOption, [category, option], { body: { Name: 'South' }, status: 400 }),
    callOf('DELETE', oneOption, [category, unusedOption]),
    callOf('DELETE', oneOption, [category, option], { status: 400 }),
    callOf('DELETE', one, [unusedCategory]),
    callOf('DELETE', one, [category], { status: 400 }),
  ];
}

function groupCalls({ group, contact, archived }: SettingsIds): SandboxCall[] {
  const groups = '/ContactGroups';
  const one = '/ContactGroups/{ContactGroupID}';
  const members = `${one}/Contacts`;
  const put = (...ids: string[]) => ({ body: { Contacts: ids.map((ContactID) => ({ ContactID })) } });
  return [
    callOf('PUT', groups, [], { body: { ContactGroups: [{ Name: 'Suppliers' }] } }),
    callOf('PUT', groups, [], { body: { ContactGroups: [{ Name: 'Suppliers' }] }, status: 400 }),
    callOf('GET', groups, []),
    callOf('POST', one, [group], { body: { ContactGroups: [{ Name: 'Customers' }] } }),
    callOf('POST', one, [group], { body: { ContactGroups: [{ Name: 'Suppliers' }] }, status: 400 }),
    callOf('PUT', members, [group], put(contact)),
    callOf('PUT', members, [group], { ...put(contact, archived), status: 400 }),
    callOf('GET', one, [group]),
    callOf('GET', '/Contacts/{ContactID}', [contact]),
    callOf('DELETE', `${members}/{ContactID}`, [group, contact], noBody),
    callOf('DELETE', members, [group], noBody),
  ];
}
