import Big from 'big.js';

/** A string as a whole, or a number as JSON writes it that is not the name of a member. */
const tokens = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?!\s*:)/g;

/** Beyond every float; an exponent of a million would be a million digits. */
const largestExponent = 400;

/**
 * Reads JSON without ever making a float: each number becomes a string with its exact plain decimal, `1.50` stays
 * `1.50`, `1e3` becomes `1000`. Strings of the text stay as they are, so a reader cannot tell a number from a string
 * that looks like one; what the fields mean is decided by the schema that reads them. Throws SyntaxError as JSON.parse.
 */
export function parseExactJson(text: string): unknown {
  return JSON.parse(text.replace(tokens, (token) => (token.startsWith('"') ? token : `"${toPlainDecimal(token)}"`)));
}

function toPlainDecimal(token: string): string {
  const [, exponent] = token.split(/[eE]/);
  if (exponent === undefined) return token;
  if (Math.abs(Number(exponent)) > largestExponent) throw new SyntaxError('A number is too large or too small');
  return new Big(token).toFixed();
}
