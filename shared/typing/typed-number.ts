import { isCurrencyCode } from '#shared/currency-codes.ts';
import { listCurrencyMarks } from '#shared/currency-marks.ts';
import type { Decimal } from '#shared/money.ts';
import { toPlainText } from './typed-text.ts';

/**
 * A number as people type it, or null: never a wrong number. `1,450.00`, `1.450,00`, `1 450,00`, `1'450.00`,
 * `12,34,567`, `.5`, `5.`, `-3`, `(3.00)`, `$ 1,450`, `AUD 12`, `12 €`, `R 1 234,50` and `12 zł` in a document of that
 * currency, `١٬٤٥٠٫٥` and every other decimal digit. The result has no extra
 * zeros and no currency: `1450`, `0.5`. `locale` is a BCP 47 tag; Intl throws when it is malformed. `currency` is the
 * code of the amount's currency.
 *
 * What a separator means:
 * - spaces, apostrophes and `٬` group digits; `٫` is the decimal separator;
 * - of two kinds, the later one is the decimal separator, in any locale;
 * - one that occurs more than once groups, in any locale;
 * - a single one that cannot group (not followed by three digits, or after nothing, a zero, or four digits and more)
 *   is the decimal separator, in any locale: `1.5` is one and a half in German too;
 * - for `1,450` and `1.450` the locale decides; null if it uses that sign for neither or for both.
 */
export function parseTypedNumber(text: string, locale: string, currency?: string): Decimal | null {
  const marks = currency === undefined ? [] : listCurrencyMarks(currency, locale).map(toPlainSigns);
  const typed = takeApart(text, marks);
  const plain = typed && splitAtDecimal(typed.body, locale);
  if (!typed || !plain) return null;
  const whole = plain.whole.replace(/^0+/, '') || '0';
  const fraction = plain.fraction.replace(/0+$/, '');
  const absolute = fraction === '' ? whole : `${whole}.${fraction}`;
  return typed.isNegative && absolute !== '0' ? `-${absolute}` : absolute;
}

/** Longer than any amount. Protects the patterns below from text pasted by mistake. */
const longest = 60;

const number = "[\\d.,'٫](?:[\\d.,'٫ ]*[\\d.,'٫])?";

/**
 * A currency sign on either side, or a currency code after the number. A sign of letters may be abbreviated with a dot:
 * `kr. 12`.
 */
function shapeWith(marks: readonly string[]): RegExp {
  const known = [...marks]
    .sort((a, b) => b.length - a.length)
    .map((mark) => mark.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'));
  const mark = `(?:${[...known, '[a-z]{0,3}\\p{Sc}', '[a-z]{3}'].join('|')})`;
  return new RegExp(`^([-+]?) ?((?:${mark}(?:\\.(?= ))?)?) ?([-+]?) ?(${number}) ?((?:${mark}\\.?)?)$`, 'iu');
}

/** Removes sign and currency. Null when there is more than one of either, another word, or no digit. */
function takeApart(text: string, marks: readonly string[]): { isNegative: boolean; body: string } | null {
  if (text.length > longest) return null;
  const { isBracketed, inner } = takeBrackets(toPlainSigns(text));
  const [, sign = '', before = '', innerSign = '', body = '', behind = ''] = shapeWith(marks).exec(inner) ?? [];
  const signs = `${isBracketed ? '-' : ''}${sign}${innerSign}`;
  const isUsable = /\d/.test(body) && signs.length < 2 && (before === '' || behind === '');
  // `kr.5` could be five or a half; `12K` could be twelve kwacha or twelve thousand.
  const isUnclear = (/[\p{L}\p{M}]$/u.test(before) && /^\D/.test(body)) || /^[kmb]\.?$/i.test(behind);
  if (!isUsable || isUnclear || !isCurrency(before || behind, marks)) return null;
  return { isNegative: signs === '-', body };
}

/** Converts every apostrophe and minus to one form, and separators of other scripts to ours. */
function toPlainSigns(text: string): string {
  return toPlainText(text)
    .replace(/[’‘ʼ٬]/g, "'")
    .replace(/[−‐‑－]/g, '-')
    .replace(/．/g, '.')
    .replace(/，/g, ',');
}

/** Accountants write `(3.00)` and `$(3.00)` for -3. */
function takeBrackets(text: string): { isBracketed: boolean; inner: string } {
  const [, before = '', inside = '', behind = ''] = /^([^()\d]*)\(([^()]+)\)([^()\d]*)$/.exec(text) ?? [];
  return inside === ''
    ? { isBracketed: false, inner: text }
    : { isBracketed: true, inner: before + inside.trim() + behind };
}

/**
 * Nothing, a sign of the number's own currency, a sign such as `€` and `A$`, or any currency code. `12 pcs` is refused.
 */
function isCurrency(mark: string, marks: readonly string[]): boolean {
  const plain = mark.replace(/\.$/, '');
  const isKnown = marks.some((known) => [mark, plain].some((one) => one.toLowerCase() === known.toLowerCase()));
  return isKnown || plain === '' || /\p{Sc}$/u.test(plain) || isCurrencyCode(plain);
}

type Plain = { whole: string; fraction: string };

function splitAtDecimal(body: string, locale: string): Plain | null {
  const separators = body.match(/\D/g) ?? [];
  const [kind, ...otherKinds] = new Set(separators);
  if (kind === undefined) return { whole: body, fraction: '' };
  if (otherKinds.length > 0) return splitTwoKinds(body, separators);
  if (isGroupOnly(kind) || separators.length > 1) return ungroup(body, kind);
  const canGroup = kind !== '٫' && /^[1-9]\d{0,2}\D\d{3}$/.test(body);
  const meaning = canGroup ? findMeaning(kind, locale) : 'decimal';
  if (meaning === 'decimal') return splitAtLast(body);
  return meaning === 'group' ? ungroup(body, kind) : null;
}

function splitTwoKinds(body: string, separators: readonly string[]): Plain | null {
  const groups = new Set(separators.slice(0, -1));
  const [group = ''] = groups;
  const decimal = separators.at(-1) ?? '';
  if (groups.size > 1 || groups.has(decimal) || isGroupOnly(decimal)) return null;
  const { whole, fraction } = splitAtLast(body);
  const ungrouped = ungroup(whole, group);
  return ungrouped && { ...ungrouped, fraction };
}

function splitAtLast(body: string): Plain {
  const at = body.search(/\D\d*$/);
  return { whole: body.slice(0, at), fraction: body.slice(at + 1) };
}

/** Accepts whole groups only: of three digits, or of two before a last group of three, as in Indian numbers. */
function ungroup(text: string, group: string): Plain | null {
  if (group === '٫') return null;
  const plain = text.replaceAll(group, ',');
  const isWhole = /^[1-9]\d{0,2}(,\d{3})+$|^[1-9]\d?(,\d{2})*,\d{3}$/.test(plain);
  return isWhole ? { whole: plain.replaceAll(',', ''), fraction: '' } : null;
}

function isGroupOnly(separator: string): boolean {
  return separator === ' ' || separator === "'";
}

/**
 * Locales may write amounts differently from numbers: Austrian amounts group with `.`, Swiss French ones use it for
 * decimals.
 */
function findMeaning(separator: string, locale: string): 'group' | 'decimal' | null {
  const formats = [{}, { style: 'currency', currency: 'EUR' }] as const;
  const parts = formats.flatMap((format) =>
    new Intl.NumberFormat(locale, { ...format, numberingSystem: 'latn' }).formatToParts(1_234_567.5),
  );
  const means = (type: 'group' | 'decimal') =>
    parts.some((part) => part.type === type && toPlainSigns(part.value) === separator);
  if (means('group') === means('decimal')) return null;
  return means('group') ? 'group' : 'decimal';
}
