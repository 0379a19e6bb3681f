/** What is wrong with one element of a write, by the part that Xero puts the text on. */
export type Problems = {
  document: string[];
  contact: string[];
  /** One list for each line that was sent. */
  lines: string[][];
};

/** All of them, as the element itself carries them. */
export const listProblems = ({ document, contact, lines }: Problems): string[] => [
  ...document,
  ...contact,
  ...lines.flat(),
];
