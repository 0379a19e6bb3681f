/** Where a typed text is found in a name, best first: at its start, at the start of a word, inside a word, nowhere. */
export const textPlaces = { start: 0, word: 1, within: 2, none: 3 } as const;
export type TextPlace = (typeof textPlaces)[keyof typeof textPlaces];

/** Both texts must be folded (`foldText`). */
export function placeIn(text: string, typed: string): TextPlace {
  if (text.startsWith(typed)) return textPlaces.start;
  for (let at = text.indexOf(typed); at >= 0; at = text.indexOf(typed, at + 1)) {
    if (/[^\p{L}\p{N}]/u.test(text.charAt(at - 1))) return textPlaces.word;
  }
  return text.includes(typed) ? textPlaces.within : textPlaces.none;
}

/** Removes case, accents and extra spaces. */
export function foldText(text: string | null | undefined): string {
  return (text ?? '').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}
