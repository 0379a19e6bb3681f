/** Why something that a run made cannot be taken back. */
export const undoWords = {
  hasPayments: (name: string) => `${name} has payments or credits in Xero, so it stays there.`,
  isShared: (name: string) => `Another record has ${name} in Xero too, so it stays there.`,
  isReplaced: (name: string) => `${name} is not the one in Xero any more that this run added.`,
};
