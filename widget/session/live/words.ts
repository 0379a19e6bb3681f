/** Read out once; the figures themselves stand on the screen. */
export const liveWords = {
  changed: (changes: readonly string[]) => `Changed in Xero: ${changes.join('; ')}`,
};
