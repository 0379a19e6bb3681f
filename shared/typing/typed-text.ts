/**
 * Converts typed text to one kind of digit (`٣`, `३` and `３` are 3) and one kind of space. Removes the invisible marks
 * of writing direction that Intl puts into numbers and dates.
 */
export function toPlainText(text: string): string {
  return text
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Nd}/gu, toAsciiDigit)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Unicode has its decimal digits in runs of ten, each from 0 to 9. */
function toAsciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/^\p{Nd}$/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}
