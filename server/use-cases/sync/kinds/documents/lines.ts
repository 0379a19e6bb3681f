import type { ExactJson } from '#server/xero/bytes/exact-json.ts';
import type { SyncAccount, SyncTaxRate } from '#server/xero/records/sync-lists.ts';
import type { LineAmountTypes } from '#shared/contract/document.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { TotalsLine } from '#shared/document-totals.ts';
import type { Decimal } from '#shared/money.ts';
import { fieldWords } from '../../words/field-words.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import { invalidAt } from '../check-fields.ts';
import type { KindFacts, KindTwin } from '../kind.ts';
import { readFlag, readText } from '../read-row.ts';
import { canTakeLines, findCategoryAccount, findDefaultAccount, nameAccount, type Side } from './accounts.ts';
import { checkTaxFit, findTaxRate } from './tax.ts';
import { findTracking, type LineTracking, type TrackingRefs } from './tracking-refs.ts';

/** A line whose fields were checked. `at` is its path in `data`, such as `lines.2.`, or empty. */
export type DraftLine = {
  at: string;
  description: string;
  quantity: Decimal;
  unitAmount: Decimal;
  discount?: Decimal | undefined;
  item?: { crmId: string } | undefined;
  category?: string | undefined;
  taxRate?: string | undefined;
  tracking?: TrackingRefs | undefined;
};

export type LineSetting = { side: Side; types: LineAmountTypes };

/** A line in Xero's terms. An account or tax that is not set is left to Xero. */
export type BuiltLine = {
  draft: DraftLine;
  itemCode: string | undefined;
  accountCode: string | undefined;
  taxType: string | undefined;
  tracking: LineTracking[];
  /** For the totals. Null: only Xero can compute the tax. */
  rate: Pick<TotalsLine, 'taxRate' | 'taxComponents'> | null;
};

/** `mapping`, `fit` and `tracking` are problems, in the order in which they are shown. */
export type ResolvedLine = BuiltLine & Record<'mapping' | 'fit' | 'trackingProblem', RecordProblem | undefined>;

export function resolveLine(draft: DraftLine, setting: LineSetting, facts: KindFacts): ResolvedLine {
  const item = draft.item && facts.twinOf('items', draft.item.crmId);
  const itemProblem = draft.item && checkItem(draft, item, setting);
  const found = findAccount(draft, item, setting, facts);
  const account = 'account' in found ? found.account : undefined;
  const accountProblem = 'problem' in found ? found.problem : undefined;
  const tax = resolveTax(draft, account, setting, facts);
  const tracked = findTracking(draft.tracking, `${draft.at}tracking`, facts);
  const problems = [itemProblem, accountProblem, tax.problem].filter((problem) => problem !== undefined);
  return {
    draft,
    itemCode: item?.number ?? undefined,
    accountCode:
      draft.category === undefined && item && readAccountCode(item, setting.side)
        ? undefined
        : (account?.code ?? undefined),
    taxType: tax.sent,
    tracking: 'tracking' in tracked ? tracked.tracking : [],
    rate: tax.rate,
    mapping: problems.find(({ code }) => !isFit(code)),
    fit: problems.find(({ code }) => isFit(code)),
    trackingProblem: 'problem' in tracked ? tracked.problem : undefined,
  };
}

function isFit(code: RecordProblem['code']): boolean {
  return code === 'account_unusable' || code === 'tax_unsuitable';
}

function checkItem({ at }: DraftLine, item: KindTwin | undefined, { side }: LineSetting): RecordProblem | undefined {
  const path = `${at}item`;
  if (!item) return toProblem('record_missing', { field: path, message: problemWords.recordMissing(path) });
  const isUsable = readFlag(item, side === 'sales' ? 'IsSold' : 'IsPurchased') !== false;
  if (isUsable) return undefined;
  const code = item.number ?? '';
  return invalidAt(path, side === 'sales' ? fieldWords.itemNotSold(path, code) : fieldWords.itemNotBought(path, code));
}

/** Without an account and a problem, Xero decides. */
type LineAccount = { account: SyncAccount | undefined } | { problem: RecordProblem };

/** The account of the line's category, of its item, or the default. */
function findAccount(
  draft: DraftLine,
  item: KindTwin | undefined,
  { side }: LineSetting,
  facts: KindFacts,
): LineAccount {
  const path = `${draft.at}category`;
  if (draft.category) return findCategoryAccount(draft.category, path, facts);
  const code = item && readAccountCode(item, side);
  // The row of the item was not read. Its account is not known here, but Xero takes it.
  if (item && !('SalesDetails' in item.row)) return { account: undefined };
  if (!code) return findDefaultAccount(side, path, facts);
  const account = facts.lists.accounts.find((one) => one.code === code);
  if (account && canTakeLines(account)) return { account };
  const message = problemWords.itemAccountUnusable(nameAccount(account, code), item.number ?? '');
  return { problem: toProblem('account_unusable', { field: path, message }) };
}

/** A stock item is bought into its inventory account. */
function readAccountCode(item: KindTwin, side: Side): string | undefined {
  if (side === 'sales') return readText(item, 'SalesDetails', 'AccountCode');
  return readText(item, 'InventoryAssetAccountCode') ?? readText(item, 'PurchaseDetails', 'AccountCode');
}

type Tax = { sent: string | undefined; rate: BuiltLine['rate']; problem?: RecordProblem };

const noTax: BuiltLine['rate'] = { taxRate: '0' };

function resolveTax(
  draft: DraftLine,
  account: SyncAccount | undefined,
  { side, types }: LineSetting,
  facts: KindFacts,
): Tax {
  if (types === 'none') return { sent: undefined, rate: noTax };
  const { taxRate: word } = draft;
  // Xero takes the account's own tax.
  if (!word) return { sent: undefined, rate: account ? rateOf(account.taxType, facts) : null };
  const path = `${draft.at}taxRate`;
  const found = findTaxRate({ word, path, side }, facts);
  if ('problem' in found) return { sent: undefined, rate: null, problem: found.problem };
  const { rate } = found;
  const problem = account && checkTaxFit(rate, account, { word, path });
  return { sent: rate.taxType, rate: toTotalsRate(rate), ...(problem && { problem }) };
}

function rateOf(taxType: string | null, { lists }: KindFacts): BuiltLine['rate'] {
  const rate = lists.taxRates.find((one) => one.taxType === taxType);
  if (rate) return toTotalsRate(rate);
  return taxType === null || taxType === 'NONE' ? noTax : null;
}

function toTotalsRate({ rate, components }: SyncTaxRate): BuiltLine['rate'] {
  return rate === null ? null : { taxRate: rate, taxComponents: components };
}

/** The line as Xero takes it. On purchases the price already carries a discount. */
export function toLineItem(
  { draft, itemCode, accountCode, taxType, tracking }: Omit<BuiltLine, 'rate'>,
  { side }: Pick<LineSetting, 'side'>,
): ExactJson {
  const isDiscounted = side === 'sales' && draft.discount !== undefined;
  return {
    Description: draft.description,
    Quantity: { exactDecimal: draft.quantity },
    UnitAmount: { exactDecimal: draft.unitAmount },
    ItemCode: itemCode,
    AccountCode: accountCode,
    TaxType: taxType,
    DiscountRate: isDiscounted && draft.discount ? { exactDecimal: draft.discount } : undefined,
    Tracking:
      tracking.length === 0
        ? undefined
        : tracking.map(({ categoryId, optionId }) => ({ TrackingCategoryID: categoryId, TrackingOptionID: optionId })),
  };
}
