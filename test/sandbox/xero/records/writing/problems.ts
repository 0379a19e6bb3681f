/** What is wrong with one element of a write, by the part on which Xero puts the message. */
export type Problems = {
  document: string[];
  contact: string[];
  /** One list per sent line. */
  lines: string[][];
};

/** All messages, as the element itself contains them. */
export function listProblems({ document, contact, lines }: Problems): string[] {
  return [...document, ...contact, ...lines.flat()];
}
