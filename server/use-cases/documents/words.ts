/** Details of refusals. The widget shows them beside the words of the error's code. */
export const documentRefusals = {
  noDocuments: 'Settings have no documents',
  noDeal: 'This record is not a deal',
  noWrite: 'No such write in this session',
  noCandidate: 'This document is not among those found',
  emptyFile: 'The file is empty',
  dealIsFull: (most: number, side: 'bills' | 'others') =>
    `A deal has at most ${most} ${side === 'bills' ? 'bills' : 'quotes and invoices'}`,
};

/** The history note in Xero: who added the document, and from where. */
export const noteWords = {
  added: (from: { workspace: string; user: string; record: { type: string; name: string } }) =>
    `Added from ${from.workspace} by ${from.user}, ${from.record.type} ${from.record.name}`,
  fromQuote: (note: string, number: string | null) => `${note}, from quote ${number ?? ''}`.trim(),
};
