/** Why something that a run made cannot be taken back. */
export const undoWords = {
  hasPayments: (name: string) => `${name} has payments or credits, so it stays in Xero.`,
  isShared: (name: string) => `Another record uses ${name} as well, so it stays in Xero.`,
  isReplaced: (name: string) => `${name} was replaced in Xero after this run.`,
};
