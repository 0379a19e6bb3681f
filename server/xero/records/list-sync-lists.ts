import { z } from 'zod';
import { idSchema, optionalList, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import * as endpoints from '#server/xero/endpoints/settings.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import * as choices from '#server/xero/organisation/parse-choices.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import type { SyncAccount, SyncLists, SyncTracking } from './sync-lists.ts';

/** Reads the lists that sync maps to: one call per list, in parallel. Archived entries are kept. */
export async function listSyncLists({ ask, noteSetAside }: Reading, caller: XeroCaller): Promise<SyncLists> {
  const read = async <Entry>(of: choices.ChoiceList<Entry>, question: Question): Promise<Entry[]> => {
    const { rows, faults } = of.read(await ask(caller, question));
    noteSetAside(of.list, faults);
    return rows;
  };
  const [accounts, taxRates, tracking, currencies] = await Promise.all([
    read(allAccountsList, endpoints.getAccounts()),
    read(choices.allTaxRatesList, endpoints.getTaxRates()),
    read(allTrackingList, endpoints.getTrackingCategories({ includeArchived: true })),
    read(choices.currenciesList, endpoints.getCurrencies()),
  ]);
  return { accounts, taxRates, tracking, currencies };
}

const allAccountsList = choices.buildList({
  list: 'accounts',
  member: 'Accounts',
  row: z.object({
    AccountID: idSchema,
    Code: optionalTextSchema,
    Name: choices.nameSchema,
    Type: z.string(),
    Class: optionalTextSchema,
    Status: choices.statusSchema,
    TaxType: optionalTextSchema,
    SystemAccount: optionalTextSchema,
    EnablePaymentsToAccount: choices.flagSchema,
    BankAccountNumber: optionalTextSchema,
    CurrencyCode: optionalTextSchema,
  }),
  toChoices: (rows) =>
    rows.map(
      (row): SyncAccount => ({
        id: row.AccountID,
        code: row.Code,
        name: row.Name,
        type: row.Type,
        class: choices.accountClasses[row.Class ?? ''] ?? null,
        taxType: row.TaxType,
        status: row.Status,
        isSystem: row.SystemAccount !== null,
        takesPayments: row.Type === 'BANK' || row.EnablePaymentsToAccount,
        bankAccountNumber: row.BankAccountNumber,
        currency: row.CurrencyCode,
      }),
    ),
});

const allTrackingList = choices.buildList({
  list: 'tracking_categories',
  member: 'TrackingCategories',
  row: z.object({
    TrackingCategoryID: idSchema,
    Name: choices.nameSchema,
    Status: choices.statusSchema,
    // An option that cannot be parsed does not affect the others.
    Options: optionalList(z.unknown()).transform((options) => readRows(options, choices.trackingOptionSchema).rows),
  }),
  toChoices: (rows) =>
    rows.map(
      (row): SyncTracking => ({
        id: row.TrackingCategoryID,
        name: row.Name,
        status: row.Status,
        options: row.Options.map(({ TrackingOptionID: id, Name: name, Status: status }) => ({ id, name, status })),
      }),
    ),
});
