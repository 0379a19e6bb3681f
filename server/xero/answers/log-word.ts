/** Logged instead of any other text. */
const otherWord = 'not one of Xero’s words';

/**
 * Xero's own words for types and zones are capital letters, some with a hyphen. Only such text is logged, because
 * anything else may be a customer's data.
 */
export function toLogWord(text: string | null): string {
  return text !== null && /^[A-Z][A-Z-]{0,39}$/.test(text) ? text : otherWord;
}
