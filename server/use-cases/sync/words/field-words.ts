/** What to enter, by the last part of a path into `data`. */
const missing: Readonly<Record<string, string>> = {
  amount: 'Enter an amount.',
  bill: 'Choose a bill.',
  category: 'Choose a category.',
  code: 'Enter a code.',
  currency: 'Choose a currency.',
  crmId: 'Say which record it is.',
  customer: 'Choose a customer.',
  date: 'Enter a date.',
  description: 'Enter a description.',
  dueDate: 'Enter a due date.',
  invoice: 'Choose the invoice or bill that is paid.',
  kind: 'Say what kind of record it is.',
  lineAmountTypes: 'Say whether the prices include tax.',
  lines: 'Add at least one line.',
  method: 'Choose a payment method.',
  name: 'Enter a name.',
  number: 'Enter a number.',
  option: 'Choose an option.',
  quantity: 'Enter a quantity.',
  rate: 'Enter a rate.',
  receipt: 'Attach the file of the receipt.',
  status: 'Choose a status.',
  supplier: 'Choose a supplier.',
  taxInclusive: 'Say whether the amount includes tax.',
  total: 'Enter the total.',
  unitAmount: 'Enter a price.',
  use: 'Say whether it is for sales, for purchases or for both.',
};

/** The sentence for a required member that is missing. `path` is where it belongs in `data`. */
export function sayMissing(path: string): string {
  const name = path.split('.').at(-1) ?? path;
  return `${toPlace(path)}${missing[name] ?? `Enter a value for ${name}.`}`;
}

/** Why a value cannot be sent. */
export const fieldWords = {
  tooLong: (path: string, most: number) => `${toPlace(path)}This text is too long. Xero allows ${most} characters.`,
  tooManyDecimals: (path: string, amount: string, currency: string) =>
    `${toPlace(path)}${amount} has more decimals than ${currency} allows.`,
  tooManyDigits: (path: string) => `${toPlace(path)}This number is too large for Xero.`,
  notAboveZero: (path: string) => `${toPlace(path)}Enter an amount above 0.`,
  negative: (path: string) => `${toPlace(path)}Enter an amount that is not negative.`,
  notARate: 'Enter an exchange rate above 0 with at most six decimals.',
  notAPercentage: (path: string) => `${toPlace(path)}Enter a percentage from 0 to 100 with at most two decimals.`,
  nameWithBrackets: 'Xero does not allow < or > in a name.',
  notAnEmail: 'Enter a valid e-mail address without accents.',
  foreignPage: 'The page’s address does not belong to this CRM.',
  twoDocuments: 'A payment can be for an invoice or a bill, not both.',
  twoParties: 'Name it by its record or by its name, not by both.',
  twoTrackingNames: 'Name the tracking option by its record or by its names, not by both.',
  twoReceipts: 'The receipt is sent along or stands at an address, not both.',
  billDiscount: (path: string) =>
    `${toPlace(path)}Bills in Xero cannot have discounts, and the lower price has too many decimals. Change the price instead.`,
  itemNotSold: (path: string, code: string) => `${toPlace(path)}Item ${code} is not set up for sales in Xero.`,
  itemNotBought: (path: string, code: string) => `${toPlace(path)}Item ${code} is not set up for purchases in Xero.`,
  twoOptions: (path: string, category: string) =>
    `${toPlace(path)}Xero allows one option of ${category}. Remove one of them.`,
  otherCurrency: (currency: string, document: string | null) =>
    `The payment must be in ${currency}, like ${document ?? 'the document'}.`,
  appliedTooMuch: (applied: string, total: string) =>
    `${applied} is applied to bills, which is more than the total of ${total}.`,
};

/** `Line 3: ` for a path into a line. */
function toPlace(path: string): string {
  const index = /^lines\.(\d+)\./.exec(path)?.[1];
  return index === undefined ? '' : `Line ${Number(index) + 1}: `;
}
