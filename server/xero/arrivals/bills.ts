import type { XeroCaller } from '#server/xero/gateway.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { LineAmountTypes } from '#shared/contract/document.ts';
import type { Decimal } from '#shared/money.ts';

/** A bill as Xero has it, with its lines. Decimals are exact. */
export type XeroBill = {
  id: string;
  number: string | null;
  supplier: { id: string; name: string | null };
  /** Xero's own word. */
  status: string;
  date: CalendarDate | null;
  dueDate: CalendarDate | null;
  currency: string;
  lineAmountTypes: LineAmountTypes;
  lines: XeroBillLine[];
  subTotal: Decimal;
  totalTax: Decimal;
  total: Decimal;
  amountDue: Decimal;
  hasAttachments: boolean;
  /** The page behind "Go to …", which carries the mark of whoever sent it. */
  page: string | null;
  /** An instant by Xero's clock. */
  updatedAt: string;
};

export type XeroBillLine = {
  description: string | null;
  quantity: Decimal;
  unitAmount: Decimal;
  amount: Decimal;
  taxAmount: Decimal | null;
  accountCode: string | null;
  taxType: string | null;
  itemCode: string | null;
  tracking: { category: string; option: string }[];
};

/** A bill that could not be parsed. Members that could not be parsed either are null. */
export type UnreadableBill = { id: string | null; page: string | null; updatedAt: string | null };

export type ReadBills = {
  /** Each once, as last read. */
  bills: XeroBill[];
  unreadable: UnreadableBill[];
  /** Xero's clock before the first page; null when Xero sent none. */
  asOf: string | null;
  /** False when there is more. The rows are then those that changed first. */
  isWhole: boolean;
};

/** What sync asks of Xero's bills. Rejects as described at `XeroGateway`. */
export type XeroBills = {
  /**
   * Bills in any status that changed since an instant by Xero's clock, the oldest change first: one call per 1,000, and
   * one where nothing changed. `from`: only bills dated on or after this day.
   */
  listBillsSince(
    caller: XeroCaller,
    asked: { since: string; from?: CalendarDate; mostCalls: number },
  ): Promise<ReadBills>;
  /** In any status: one call per 40. What Xero does not have is missing. */
  listBillsById(caller: XeroCaller, ids: readonly string[]): Promise<Pick<ReadBills, 'bills' | 'unreadable'>>;
};
