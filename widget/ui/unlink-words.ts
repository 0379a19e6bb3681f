/** In a file of its own, because the question is loaded on request. */
export const unlinkWords = {
  title: (contact: string, record?: string) => `Unlink ${record ? `${record} ` : ''}from ${contact}?`,
  text: 'This hides the figures here. Nothing changes in Xero, and you can link the record again at any time.',
  confirm: 'Unlink',
  done: (contact: string) => `Unlinked from ${contact}`,
  failed: 'Couldn’t unlink',
};
