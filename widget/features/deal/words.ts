export const dealWords = {
  value: {
    net: (money: string) => `Deal value ${money} net`,
    gross: (money: string) => `Deal value ${money} incl. tax`,
  },
  /** For a deal without a value: how its documents are summed. */
  noValue: { net: 'Net amounts', gross: 'Amounts incl. tax' },
  quoted: 'Quoted',
  invoiced: 'Invoiced',
  paid: 'Paid',
  credited: 'Credited',
  progress: 'From quote to payment',
  notYetInvoiced: (money: string) => `${money} not yet invoiced`,
  createInvoice: 'Create invoice',
  allInvoiced: 'Fully invoiced',
  beside: 'also',
  chosen: 'Chosen documents',
  noneChosenTitle: 'No documents chosen yet',
  noneChosen: 'Quotes and invoices that you choose for this deal appear here and in the bar above.',
  of: (total: string) => `of ${total}`,
  choose: 'Choose documents',
  notCounted: 'not counted',
};
