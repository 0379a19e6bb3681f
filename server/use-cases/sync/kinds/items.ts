import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { noteKept } from '../words/notes.ts';
import { checkNotNegative, checkPage, findTooLong, isFilled, toMissing } from './check-fields.ts';
import { findCategoryAccount, type Side } from './documents/accounts.ts';
import { withId } from './documents/header.ts';
import { checkDigits, listTaxNeeds } from './documents/read-lines.ts';
import { checkTaxFit, findTaxRate } from './documents/tax.ts';
import type { Built, KindFacts, SyncKind, XeroElement } from './kind.ts';
import { readFlag } from './read-row.ts';

type Item = RecordData<'items'>;

export const items: SyncKind<'items'> = {
  ...{ kind: 'items', resource: 'item', rank: 5 },
  listNeeds: ({ sales, purchases }) => [
    ...listTaxNeeds(sales?.taxRate, 'sales.taxRate'),
    ...listTaxNeeds(purchases?.taxRate, 'purchases.taxRate'),
  ],
  toXero,
  search: [{ by: 'code', toValue: ({ code }) => code || undefined }],
  onFound: 'adopt',
  fields: {
    Code: 'code',
    Name: 'name',
    Description: 'description',
    PurchaseDescription: 'description',
    'SalesDetails.UnitPrice': 'sales.unitAmount',
    'SalesDetails.AccountCode': 'sales.category',
    'SalesDetails.TaxType': 'sales.taxRate',
    'PurchaseDetails.UnitPrice': 'purchases.unitAmount',
    'PurchaseDetails.AccountCode': 'purchases.category',
    'PurchaseDetails.TaxType': 'purchases.taxRate',
  },
  toRemoval: () => ({ how: 'keep', note: noteKept('items') }),
};

const required = ['code', 'name'] as const;

function toXero(data: Item, facts: KindFacts): Built {
  if (!isFilled(data, required)) return toMissing(data, required);
  const { code, name, description } = data;
  const problem =
    findTooLong(['code', code, 30], ['name', name, 50], ['description', description, 4_000]) ??
    checkPrice('sales', data) ??
    checkPrice('purchases', data) ??
    checkPage(data.url, facts);
  if (problem) return { problem };
  const sales = toSide('sales', data, facts);
  const purchases = toSide('purchases', data, facts);
  const failed = [sales, purchases].find((side) => 'problem' in side);
  if (failed && 'problem' in failed) return failed;
  const element = {
    ...withId('ItemID', facts),
    Code: code,
    Name: name,
    ...('details' in sales && toSales(sales.details, data, facts)),
    ...('details' in purchases && toPurchases(purchases.details, data, facts)),
  };
  return { element };
}

const price = ['unitAmount'] as const;

function checkPrice(side: Side, data: Item): RecordProblem | undefined {
  const details = data[side];
  if (!details) return undefined;
  if (!isFilled(details, price)) return toMissing(details, price, `${side}.`).problem;
  const path = `${side}.unitAmount`;
  return checkNotNegative(path, details.unitAmount) ?? checkDigits(path, details.unitAmount, 11);
}

type SideDetails = { details: XeroElement | undefined } | { problem: RecordProblem };

/** Account and tax of one side. Without a category, Xero keeps none with the item. */
function toSide(side: Side, data: Item, facts: KindFacts): SideDetails {
  const given = data[side];
  if (!given) return { details: undefined };
  const { unitAmount, category, taxRate: word } = given;
  const mapped = category ? findCategoryAccount(category, `${side}.category`, facts) : undefined;
  if (mapped && 'problem' in mapped) return mapped;
  const path = `${side}.taxRate`;
  const found = word ? findTaxRate({ word, path, side }, facts) : undefined;
  if (found && 'problem' in found) return found;
  const problem = word && found && mapped ? checkTaxFit(found.rate, mapped.account, { word, path }) : undefined;
  if (problem) return { problem };
  const AccountCode = mapped?.account.code ?? undefined;
  const UnitPrice = unitAmount === undefined ? undefined : { exactDecimal: unitAmount };
  return { details: { UnitPrice, AccountCode, TaxType: found?.rate.taxType } };
}

/** Xero clears the details of a side that is marked as unused, so an update never marks one. */
function toUse(details: XeroElement | undefined, isNamed: boolean, { twin }: KindFacts): boolean | undefined {
  if (details) return true;
  return twin || !isNamed ? undefined : false;
}

function toSales(details: XeroElement | undefined, data: Item, facts: KindFacts): XeroElement {
  const isForSales = details !== undefined || !data.purchases;
  return {
    IsSold: toUse(details, !isForSales, facts),
    Description: isForSales ? data.description : undefined,
    SalesDetails: details,
  };
}

/** The account of a stock item is Xero's own matter. */
function toPurchases(details: XeroElement | undefined, data: Item, facts: KindFacts): XeroElement {
  const isStock = facts.twin !== undefined && readFlag(facts.twin, 'IsTrackedAsInventory') === true;
  return {
    IsPurchased: toUse(details, data.sales !== undefined, facts),
    PurchaseDescription: details ? data.description : undefined,
    PurchaseDetails: details && isStock ? { ...details, AccountCode: undefined } : details,
  };
}
