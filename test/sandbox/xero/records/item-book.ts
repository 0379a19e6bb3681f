import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { exact, rounded } from './exact.ts';
import type { Books, Item } from './organisation.ts';
import { present } from './present.ts';
import { tooLong } from './writing/document-problems.ts';
import { amount } from './writing/sent.ts';

const text = z.string().optional();

const detailsSchema = z
  .object({ UnitPrice: amount, AccountCode: text, COGSAccountCode: text, TaxType: text })
  .optional();

export const sentItemSchema = z.object({
  ItemID: text,
  Code: text,
  Name: text,
  IsSold: z.boolean().optional(),
  IsPurchased: z.boolean().optional(),
  Description: text,
  PurchaseDescription: text,
  SalesDetails: detailsSchema,
  PurchaseDetails: detailsSchema,
  InventoryAssetAccountCode: text,
});

export type SentItem = z.infer<typeof sentItemSchema>;

type SentDetails = NonNullable<SentItem['SalesDetails']>;

/** By ItemID, or by code. */
export function findItem(books: Books, { ItemID, Code }: Pick<SentItem, 'ItemID' | 'Code'>): Item | undefined {
  if (ItemID) return books.items.find((item) => item.ItemID === ItemID.toLowerCase());
  return books.items.find((item) => item.Code === Code);
}

/** Why Xero would refuse this item. `known` is the item to update. */
export function itemProblems(books: Books, sent: SentItem, known: Item | undefined): string[] {
  return [
    ...codeProblems(books, sent, known),
    ...tooLong({
      Code: [sent.Code, 30],
      Name: [sent.Name, 50],
      Description: [sent.Description, 4000],
      PurchaseDescription: [sent.PurchaseDescription, 4000],
    }),
    ...[sent.SalesDetails, sent.PurchaseDetails].flatMap((details) => detailsProblems(books, details)),
    ...stockProblems(books, sent),
  ];
}

function codeProblems(books: Books, { Code }: SentItem, known: Item | undefined): string[] {
  if (!Code) return known ? [] : ['Price List Item Code must be supplied'];
  const other = books.items.find((item) => item !== known && item.Code === Code);
  return other ? [`Price List Item with Code '${Code}' already exists`] : [];
}

function detailsProblems(books: Books, details: SentDetails | undefined): string[] {
  const { TaxType } = details ?? {};
  const codes = [details?.AccountCode, details?.COGSAccountCode].flatMap((code) => code || []);
  const isTaxKnown = !TaxType || books.taxRates.some((rate) => rate.TaxType === TaxType && rate.Status === 'ACTIVE');
  return [
    ...codes.filter((code) => !isActive(books, code)).map((code) => `Account code '${code}' is not valid`),
    ...(isTaxKnown ? [] : [`The TaxType code '${TaxType}' does not exist or cannot be used for this type of item.`]),
  ];
}

function isActive(books: Books, code: string): boolean {
  return books.accounts.some(({ Code, Status }) => Code === code && Status === 'ACTIVE');
}

/** A tracked item needs an inventory account and an account for the cost of goods sold. */
function stockProblems(books: Books, sent: SentItem): string[] {
  const code = sent.InventoryAssetAccountCode;
  if (!code) return [];
  const account = books.accounts.find((one) => one.Code === code);
  return [
    ...(account?.Type === 'INVENTORY' ? [] : [`The account '${code}' must be of type INVENTORY`]),
    ...(sent.PurchaseDetails?.COGSAccountCode ? [] : ['A tracked item needs a COGSAccountCode']),
  ];
}

export type ItemSaving = { unitDecimals: number; now: number };

/** Saves a valid item. An item that is not sold, or not purchased, loses what it said about that. */
export function saveItem(books: Books, sent: SentItem, known: Item | undefined, saving: ItemSaving): Item {
  const item: Item = known ?? { ItemID: randomUUID(), Code: '', Name: '', sales: {}, purchase: {}, updatedAt: 0 };
  Object.assign(
    item,
    present({
      Code: sent.Code || undefined,
      Name: sent.Name ?? (known ? undefined : sent.Code),
      Description: sent.Description,
      PurchaseDescription: sent.PurchaseDescription,
    }),
    { updatedAt: saving.now },
  );
  setSide(item, 'sales', sent.IsSold, detailsOf(sent.SalesDetails, saving));
  setSide(item, 'purchase', sent.IsPurchased, detailsOf(sent.PurchaseDetails, saving));
  if (item.sales === undefined) delete item.Description;
  if (item.purchase === undefined) delete item.PurchaseDescription;
  const InventoryAssetAccountCode = sent.InventoryAssetAccountCode;
  if (InventoryAssetAccountCode) {
    const stock = item.tracked ?? { QuantityOnHand: 0, TotalCostPool: 0 };
    item.tracked = { ...stock, InventoryAssetAccountCode };
  }
  if (!known) books.items.push(item);
  return item;
}

function setSide(item: Item, side: 'sales' | 'purchase', wanted: boolean | undefined, details: SentDetails): void {
  if (wanted === false) delete item[side];
  else if (wanted || item[side] !== undefined) item[side] = { ...item[side], ...details };
}

function detailsOf(sent: SentDetails | undefined, { unitDecimals }: ItemSaving): SentDetails {
  if (!sent) return {};
  const price = sent.UnitPrice;
  return present({ ...sent, UnitPrice: price === undefined ? undefined : rounded(exact(price), unitDecimals) });
}
