/** Why a quote cannot be converted, by code. All sentences of these checks are here. */
export const conversionWords = {
  line: (number: number, words: string) => `Line ${number} of the quote ${words}`,
  unknownMember: (member: string) => `has “${member}”, which cannot be copied to an invoice here`,
  tooFine: () => 'has more decimals than an invoice allows',
  optionMissing: () => 'has a tracking category without an option',
  taxMissing: () => 'has no tax rate, but Xero would add the account’s tax on an invoice',
  amountDiffers: () => 'has an amount that does not match its quantity, price and discount',
  totalDiffers: () => 'The lines of the quote do not add up to its total',
  referenceTooLong: (most: number) =>
    `The quote’s reference and number together are longer than an invoice’s reference can be (${most})`,
  termsMissing: () => 'Xero has no payment terms for the contact or the organisation. Enter a due date',
  dueDateEarly: () => 'The due date is before the invoice’s date, which is today',
  /** `number`: the invoice's; null for people who may not view it. */
  converted: (number: string | null) => `${number ?? 'An invoice'} was already created from this quote`,
  likelyConverted: (number: string | null) =>
    `${number ?? 'An invoice'} mentions this quote and was created here earlier. ${checkInXero}`,
  notAllChecked: () => `Not all invoices of this contact could be checked. ${checkInXero}`,
};

const checkInXero = 'Check in Xero whether the quote is already invoiced. If it is not, convert it there';
