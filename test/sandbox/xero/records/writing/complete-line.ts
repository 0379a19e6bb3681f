import { dividedBy, exact, rounded } from '../exact.ts';
import type { Account, Books, Item, TrackingCategory } from '../organisation.ts';
import type { LineDraft } from '../totals.ts';
import type { LineAmountTypes, Tracking } from '../types.ts';
import type { SentLine } from './sent.ts';
import type { Side } from './side.ts';

export type LineSetting = {
  side: Side;
  /** Quotes take no tax from an account, and accept tracking only by option id (Xero's documentation of Quotes). */
  isQuote?: boolean;
  types: LineAmountTypes;
  /** Decimals of a unit amount: 2, or 4 with `unitdp=4`. */
  unitDecimals: number;
};

/** Completes a line with the values of its item and its account. */
export function completeLine(books: Books, sent: SentLine, setting: LineSetting): LineDraft {
  const item = findItem(books, sent.ItemCode);
  const account = findAccount(books, sent, item, setting.side);
  const AccountCode = sent.AccountCode ?? account?.Code;
  return {
    LineItemID: sent.LineItemID,
    Description: sent.Description ?? textOf(item, setting.side),
    ...quantities(sent, item, setting),
    AccountCode,
    TaxType: sent.TaxType ?? broughtTax(setting, account),
    TaxAmount: sent.TaxAmount,
    ItemCode: sent.ItemCode,
    DiscountRate: sent.DiscountRate,
    DiscountAmount: sent.DiscountAmount,
    Tracking: (sent.Tracking ?? []).flatMap(
      (entry) => (setting.isQuote ? findOption : findTracking)(books, entry) ?? [],
    ),
    others: sent.others,
  };
}

function broughtTax({ types, isQuote }: LineSetting, account: Account | undefined): string | undefined {
  if (types === 'NoTax') return 'NONE';
  return isQuote ? undefined : account?.TaxType;
}

export function findItem(books: Books, code: string | undefined): Item | undefined {
  return code ? books.items.find((item) => item.Code === code) : undefined;
}

function detailsOf(item: Item | undefined, side: Side) {
  return side === 'sales' ? item?.sales : item?.purchase;
}

function textOf(item: Item | undefined, side: Side): string | undefined {
  return side === 'sales' ? item?.Description : (item?.PurchaseDescription ?? item?.Description);
}

/** By code, by id, or the item's account. */
export function findAccount(books: Books, sent: SentLine, item: Item | undefined, side: Side): Account | undefined {
  if (sent.AccountCode) return books.accounts.find(({ Code }) => Code === sent.AccountCode);
  if (sent.AccountID) return books.accounts.find(({ AccountID }) => AccountID === sent.AccountID?.toLowerCase());
  const code = side === 'purchases' ? item?.tracked?.InventoryAssetAccountCode : undefined;
  const brought = code ?? detailsOf(item, side)?.AccountCode;
  return brought === undefined ? undefined : books.accounts.find(({ Code }) => Code === brought);
}

/** True for a line with text only. */
export function isTextOnly(sent: SentLine): boolean {
  return [sent.Quantity, sent.UnitAmount, sent.LineAmount].every((value) => value === undefined) && !sent.ItemCode;
}

/** Computes whichever of quantity, unit amount and line amount is missing from the other two. */
function quantities(sent: SentLine, item: Item | undefined, { side, unitDecimals }: LineSetting) {
  if (isTextOnly(sent)) return { Quantity: 0, UnitAmount: 0 };
  const { Quantity, UnitAmount, LineAmount } = sent;
  const price = detailsOf(item, side)?.UnitPrice;
  if (Quantity === undefined && UnitAmount !== undefined && LineAmount !== undefined && UnitAmount !== 0)
    return { Quantity: rounded(dividedBy(exact(LineAmount), exact(UnitAmount)), 4), UnitAmount };
  const quantity = rounded(exact(Quantity ?? 1), 4);
  const fromLine = LineAmount === undefined || quantity === 0 ? 0 : dividedByQuantity(LineAmount, quantity);
  const unit = UnitAmount ?? (LineAmount === undefined ? (price ?? 0) : fromLine);
  return { Quantity: quantity, UnitAmount: rounded(exact(unit), unitDecimals) };
}

function dividedByQuantity(amount: number, quantity: number): number {
  return rounded(dividedBy(exact(amount), exact(quantity)), 4);
}

type SentTracking = NonNullable<SentLine['Tracking']>[number];

/** An active option of an active category, by ids or by names. */
export function findTracking(books: Books, sent: SentTracking): Tracking | undefined {
  const category = books.trackingCategories.find(
    (one) =>
      one.Status === 'ACTIVE' &&
      (sent.TrackingCategoryID
        ? one.TrackingCategoryID === sent.TrackingCategoryID.toLowerCase()
        : one.Name === sent.Name),
  );
  const option = category?.Options.find(
    (one) =>
      one.Status === 'ACTIVE' &&
      (sent.TrackingOptionID ? one.TrackingOptionID === sent.TrackingOptionID.toLowerCase() : one.Name === sent.Option),
  );
  return category && option && toTracking(category, option);
}

/** By option id only. An entry without one is dropped, as seen on the live service. */
function findOption(books: Books, { TrackingOptionID }: SentTracking): Tracking | undefined {
  const id = TrackingOptionID?.toLowerCase();
  for (const category of books.trackingCategories) {
    const option = category.Options.find((one) => one.TrackingOptionID === id);
    if (option) return toTracking(category, option);
  }
  return undefined;
}

function toTracking(category: TrackingCategory, option: TrackingCategory['Options'][number]): Tracking {
  const { TrackingCategoryID, Name } = category;
  return { TrackingCategoryID, TrackingOptionID: option.TrackingOptionID, Name, Option: option.Name };
}
