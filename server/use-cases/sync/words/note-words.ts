/** What a note says. */
export const noteWords = {
  roundingLine: (currency: string, amount: string) => `A rounding line of ${amount} ${currency} was added.`,
  otherName: (name: string) => `It is called '${name}' in Xero. Renaming is not sent.`,
  kept: {
    items: 'Items stay in Xero. Remove this one there if nobody needs it.',
    tracking: 'Tracking options stay in Xero. Remove this one there if nobody needs it.',
    taxRates: 'Tax rates stay in Xero. Remove this one there if nobody needs it.',
    accounts: 'Accounts stay in Xero. Remove this one there if nobody needs it.',
    billedOrder: 'An order that is billed stays in Xero. Remove this one there if nobody needs it.',
  },
};
