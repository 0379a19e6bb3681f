export const dealWords = {
  menu: 'More actions',
  refresh: 'Refresh',
  value: (money: string) => `Deal value ${money}`,
  quoted: 'Quoted',
  invoiced: 'Invoiced',
  paid: 'Paid',
  progress: 'From quote to payment',
  notYetInvoiced: (money: string) => `${money} not yet invoiced`,
  allInvoiced: 'All of it is invoiced',
  beside: 'besides',
  chosen: 'Chosen documents',
  noneChosenTitle: 'No documents chosen yet',
  noneChosen: 'Quotes and invoices that belong to this deal stand here, and the bar above follows them.',
  of: (total: string) => `of ${total}`,
  noNumber: 'No number',
};

export const kindWords = { quote: 'Quote', invoice: 'Invoice', bill: 'Bill' };

/** Xero's status as people say it; an unknown one as Xero writes it. */
export function statusWords(status: string): string {
  return statuses[status] ?? status.charAt(0) + status.slice(1).toLowerCase();
}

const statuses: Readonly<Record<string, string>> = {
  DRAFT: 'Draft',
  SENT: 'Sent',
  ACCEPTED: 'Accepted',
  DECLINED: 'Declined',
  INVOICED: 'Invoiced',
  SUBMITTED: 'Awaiting approval',
  AUTHORISED: 'Awaiting payment',
  PAID: 'Paid',
  VOIDED: 'Voided',
  DELETED: 'Deleted',
};
