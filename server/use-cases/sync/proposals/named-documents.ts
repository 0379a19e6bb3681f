import type { OpenDocument } from './split.ts';

/** Documents whose number stands in a payment's reference as a word of its own, whatever its case. */
export function listNamed(reference: string | null, documents: readonly OpenDocument[]): OpenDocument[] {
  const text = toWords(reference ?? '');
  return documents.filter(({ number }) => {
    const words = toWords(number ?? '');
    return words.trim() !== '' && text.includes(words);
  });
}

/** Letters and digits, with one space around each word: `INV-1` is not in `INV-10`. */
function toWords(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{Letter}\p{Number}]+/gu)
      ?.join(' ') ?? ''
  } `;
}
