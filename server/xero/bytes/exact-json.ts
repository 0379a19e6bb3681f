import Big from 'big.js';

/** A string as a whole, or a number as JSON writes it that is not the name of a member. */
const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\s*:)/g;

/** Beyond every float; an exponent of a million would be a million digits. */
const largestExponent = 400;

/**
 * Reads JSON without ever making a float: each number becomes a string with its exact plain decimal, `1.50` stays
 * `1.50`, `1e3` becomes `1000`. Strings of the text stay as they are, so a reader cannot tell a number from a string
 * that looks like one; what the fields mean is decided by the schema that reads them. A number beyond every float stays
 * as it is written, which no field of an amount takes, so that only its row cannot be read. Throws SyntaxError as
 * JSON.parse.
 */
export function parseExactJson(text: string): unknown {
  const toText = (token: string) => (isTooLarge(token) ? token : toPlainDecimal(token));
  return JSON.parse(text.replace(tokens, (token) => (token.startsWith('"') ? token : `"${toText(token)}"`)));
}

/** As parseExactJson, but a number stays told from a text: what was read can be written again as it was. */
export function parseWritableJson(text: string): ExactJson {
  const toNumber = (token: string) => `{"exactDecimal":"${toPlainDecimal(token)}"}`;
  return JSON.parse(text.replace(tokens, (token) => (token.startsWith('"') ? token : toNumber(token)))) as ExactJson;
}

function toPlainDecimal(token: string): string {
  if (!/[eE]/.test(token)) return token;
  if (isTooLarge(token)) throw new SyntaxError('A number is too large or too small');
  return new Big(token).toFixed();
}

function isTooLarge(token: string): boolean {
  return Math.abs(Number(token.split(/[eE]/)[1] ?? 0)) > largestExponent;
}

/** A number to be written as it is: `{ exactDecimal: '12.50' }` becomes `12.50`. */
export type ExactDecimal = { readonly exactDecimal: string };
export type ExactJson =
  | string
  | boolean
  | null
  | undefined
  | ExactDecimal
  | readonly ExactJson[]
  | { readonly [name: string]: ExactJson };

/** Writes JSON without ever making a float; members that are undefined are left out. */
export function formatExactJson(value: ExactJson): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(formatExactJson).join(',')}]`;
  if ('exactDecimal' in value && typeof value.exactDecimal === 'string') return toJsonNumber(value.exactDecimal);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${formatExactJson(member)}`).join(',')}}`;
}

/** JSON allows no leading zeros and no `-0`. */
function toJsonNumber(text: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new SyntaxError('not a decimal');
  const plain = text.replace(/^(-?)0+(?=\d)/, '$1');
  return /^-0(\.0+)?$/.test(plain) ? plain.slice(1) : plain;
}
