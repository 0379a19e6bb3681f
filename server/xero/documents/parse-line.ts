import { z } from 'zod';
import {
  optionalDecimalSchema,
  optionalFlagSchema,
  optionalIdSchema,
  optionalList,
  optionalTextSchema,
} from '#server/xero/answers/fields.ts';
import type { XeroLine } from './document.ts';
import { pickDiscount } from './line-discount.ts';

const trackingSchema = z
  .object({
    TrackingCategoryID: optionalIdSchema,
    TrackingOptionID: optionalIdSchema,
    Name: optionalTextSchema,
    Option: optionalTextSchema,
  })
  .transform(({ TrackingCategoryID, TrackingOptionID, Name, Option }) => ({
    name: Name,
    option: Option,
    categoryId: TrackingCategoryID,
    optionId: TrackingOptionID,
  }));

const members = {
  Description: optionalTextSchema,
  Quantity: optionalDecimalSchema,
  UnitAmount: optionalDecimalSchema,
  AccountCode: optionalTextSchema,
  AccountID: optionalIdSchema,
  TaxType: optionalTextSchema,
  ItemCode: optionalTextSchema,
  DiscountRate: optionalDecimalSchema,
  DiscountAmount: optionalDecimalSchema,
  DiscountEnteredAsPercent: optionalFlagSchema,
  LineAmount: optionalDecimalSchema,
  TaxAmount: optionalDecimalSchema,
  Tracking: optionalList(trackingSchema),
  Taxability: optionalTextSchema,
  SalesTaxCodeId: optionalDecimalSchema,
};

/** The line's identity, and members that only repeat or derive other members. */
const saysNothingMore = new Set(['LineItemID', 'Item', 'TaxBreakdown', 'ValidationErrors', 'Warnings']);

export const lineSchema = z.looseObject(members).transform(
  (line): XeroLine => ({
    description: line.Description,
    quantity: line.Quantity,
    unitAmount: line.UnitAmount,
    accountCode: line.AccountCode,
    taxType: line.TaxType,
    itemCode: line.ItemCode,
    ...pickDiscount({
      rate: line.DiscountRate,
      amount: line.DiscountAmount,
      isAmount: line.DiscountEnteredAsPercent === false,
    }),
    lineAmount: line.LineAmount,
    taxAmount: line.TaxAmount,
    tracking: line.Tracking,
    accountId: line.AccountID,
    taxability: line.Taxability,
    salesTaxCodeId: line.SalesTaxCodeId,
    unknown: listUnknown(line),
  }),
);

function listUnknown(line: Readonly<Record<string, unknown>>): string[] {
  const isKnown = (name: string) => name in members || saysNothingMore.has(name);
  return Object.keys(line).filter((name) => !isKnown(name) && saysSomething(line[name]));
}

/** Zero, false and empty values do not count. Numbers are strings here. */
function saysSomething(value: unknown): boolean {
  if (typeof value === 'string') return !/^(0(\.0+)?)?$/.test(value);
  if (typeof value === 'object' && value !== null) return Object.values(value).some(saysSomething);
  return value === true;
}
