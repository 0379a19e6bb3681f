import Big from 'big.js';

/** Matches a whole string, or a JSON number that is not a member name. */
const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\s*:)/g;

/** Larger than any float. An exponent of a million would produce a million digits. */
const largestExponent = 400;

/**
 * Parses JSON without creating floats. Each number becomes a string with its exact plain decimal: `1.50` stays `1.50`,
 * `1e3` becomes `1000`. Strings stay as they are, so a reader cannot tell a number from a string that looks like one;
 * the schema of the field decides. A number beyond every float stays as written. No amount field accepts it, so only
 * its row fails to parse. Throws SyntaxError like JSON.parse.
 */
export function parseExactJson(text: string): unknown {
  const toText = (token: string) => (isTooLarge(token) ? token : toPlainDecimal(token));
  return JSON.parse(text.replace(tokens, (token) => (token.startsWith('"') ? token : `"${toText(token)}"`)));
}

/** Undefined when the text is not JSON, such as a proxy's page. */
export function tryParseExactJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return undefined;
  }
}

/** Like parseExactJson, but keeps numbers apart from strings, so that the value can be written again unchanged. */
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

/** A number that is written unchanged: `{ exactDecimal: '12.50' }` becomes `12.50`. */
export type ExactDecimal = { readonly exactDecimal: string };
export type ExactJson =
  | string
  | boolean
  | null
  | undefined
  | ExactDecimal
  | readonly ExactJson[]
  | { readonly [name: string]: ExactJson };

/** Writes JSON without creating floats. Undefined members are left out. */
export function formatExactJson(value: ExactJson): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  if (Array.isArray(value)) return `[${value.map(formatExactJson).join(',')}]`;
  if ('exactDecimal' in value && typeof value.exactDecimal === 'string') return toJsonNumber(value.exactDecimal);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${formatExactJson(member)}`).join(',')}}`;
}

/** JSON allows neither leading zeros nor `-0`. */
function toJsonNumber(text: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new SyntaxError('not a decimal');
  const plain = text.replace(/^(-?)0+(?=\d)/, '$1');
  return /^-0(\.0+)?$/.test(plain) ? plain.slice(1) : plain;
}
