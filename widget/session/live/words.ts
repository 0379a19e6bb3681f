/** Announced once to screen readers. */
export const liveWords = {
  changed: (changes: readonly string[]) => `Changed in Xero: ${changes.join('; ')}`,
};
