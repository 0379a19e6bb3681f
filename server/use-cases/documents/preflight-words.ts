/** The messages beside fields, by code. All sentences of the checks before a write are here. */
export const preflightWords = {
  contactArchived: () => 'This contact is archived in Xero',
  emailMissing: () => 'This contact has no e-mail address in Xero',
  expiresEarly: () => 'The expiry date is before the quote’s date',
  dateLocked: (lockDate: string) => `Xero’s books are locked up to ${lockDate}`,
  dueDateMissing: () => 'Enter a due date to approve it',
  currencyUnused: (currency: string) => `The organisation in Xero does not use ${currency}`,
  themeGone: () => 'This branding theme no longer exists in Xero',
  billReference: () => 'Bills in Xero have a number but no reference',
  numberUsed: () => 'This number is already used for a bill from this supplier',
  numberInSaving: (number: string | undefined) => `A bill ${number} from this supplier is being saved`,
  numberTaken: (number: string | null, date: string | null) =>
    `This supplier already has a bill ${number}${date === null ? '' : `, dated ${date}`}`,
  trackingGone: () => 'This tracking option no longer exists in Xero',
  quotePriceTooFine: () => 'Quote prices can have two decimals at most',
  billDiscount: () => 'Bills in Xero cannot have discounts, so lower the price instead',
  itemUnknown: (code: string) => `Xero has no active item ${code}`,
  itemUnsuited: (isBill: boolean) => `This item is not set up for ${isBill ? 'purchases' : 'sales'} in Xero`,
  accountMissing: () => 'Choose an account to approve it',
  accountInactive: (code: string) => `Account ${code} is not active in Xero`,
  itemAccountInactive: (code: string) => `The item’s account ${code} is not active in Xero`,
  taxInactive: (taxType: string) => `Xero has no active tax rate ${taxType}`,
  taxUnsuited: (rate: string, account: { code: string; name: string }) =>
    `${rate} cannot be used with account ${account.code} ${account.name}`,
  dealLineUnknown: () => 'The deal does not have this line',
  /** Does not mention the invoice, for people who may not view it. */
  dealLineInvoiced: () => 'This line of the deal is already invoiced',
  dealLineInvoicedOn: (number: string | null) =>
    `This line of the deal is already invoiced${number === null ? ', on an invoice that is being saved' : ` on ${number}`}`,
  dealLineUnsure: (number: string | null) =>
    `This line may already be on ${number ?? 'an invoice'}, which was created here earlier. Check in Xero. If it is not there, type the line instead of copying it`,
};
