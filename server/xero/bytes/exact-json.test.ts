import Big from 'big.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatExactJson, parseExactJson, parseWritableJson, tryParseExactJson } from './exact-json.ts';

const decimalText = fc
  .tuple(fc.bigInt(-(10n ** 25n), 10n ** 25n), fc.stringMatching(/^\d{0,12}$/))
  .map(([whole, decimals]) => (decimals === '' ? `${whole}` : `${whole}.${decimals}`));

describe('exact JSON', () => {
  test('when any decimals are read, then they are kept digit by digit', () => {
    fc.assert(
      fc.property(fc.array(decimalText), (amounts) => {
        expect(parseExactJson(`{"Amounts": [${amounts.join(' , ')}]}`)).toEqual({ Amounts: amounts });
      }),
    );
  });

  test('a text that is no JSON is undefined, and JSON is read as exactly as ever', () => {
    expect(tryParseExactJson('<html>Bad gateway</html>')).toBeUndefined();
    expect(tryParseExactJson('{"Total": 1.50}')).toEqual({ Total: '1.50' });
  });

  test('when a number has an exponent, then it becomes the same plain decimal', () => {
    expect(parseExactJson('[1e3, 1.50E-2, -2.5e+1, 1E-7]')).toEqual(['1000', '0.015', '-25', '0.0000001']);
    // Only the row with this number fails to parse.
    expect(parseExactJson('[1e999999, 2]')).toEqual(['1e999999', '2']);
    expect(() => parseWritableJson('[1e999999]')).toThrow(SyntaxError);
    expect(parseExactJson('[1e400, 1e401]')).toEqual([`1${'0'.repeat(400)}`, '1e401']);
  });

  test('leaves text that looks like numbers as written', () => {
    const text =
      '{"Reference":"1e3","Number":"007","Line\\":1":"-2.50","Name":"a\\\\","List":["1E5, 3","\\"4\\""],"5":6}';
    expect(parseExactJson(text)).toEqual({
      Reference: '1e3',
      Number: '007',
      'Line":1': '-2.50',
      Name: 'a\\',
      List: ['1E5, 3', '"4"'],
      '5': '6',
    });
  });

  test('when any JSON is read, then only its numbers differ from JSON.parse', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), fc.nat(3), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseExactJson(text)).toEqual(withNumbersAsText(JSON.parse(text)));
      }),
    );
  });

  test('any JSON is written again with the same values, digit by digit', () => {
    expect(formatExactJson(parseWritableJson('{"Total": 1.50, "Code": "200", "None": null, "List": [ -0.10 ]}'))).toBe(
      '{"Total":1.50,"Code":"200","None":null,"List":[-0.10]}',
    );
    // Our own mark for a number may be the name of a member too.
    expect(formatExactJson(parseWritableJson('{"exactDecimal": 5, "in": {"exactDecimal": null}}'))).toBe(
      '{"exactDecimal":5,"in":{"exactDecimal":null}}',
    );
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = JSON.stringify(value);
        expect(parseExactJson(formatExactJson(parseWritableJson(text)))).toEqual(parseExactJson(text));
      }),
    );
  });

  test('refuses broken text exactly where JSON.parse does', () => {
    const text = '{"Name":"5 \\"quoted\\" 1.2: \\\\","Total":12.50,"List":[1,-2,true,null,{"1":01e1}]}'.replace(
      '01',
      '1',
    );
    fc.assert(
      fc.property(
        fc.nat(text.length),
        fc.constantFrom(...'"\\:,.0-1e+[]{} t\n', ''),
        fc.boolean(),
        (at, extra, isCut) => {
          const broken = text.slice(0, at) + extra + (isCut ? '' : text.slice(at + 1));
          expect(isRefused(() => parseExactJson(broken))).toBe(isRefused(() => JSON.parse(broken)));
        },
      ),
      { numRuns: 1000 },
    );
    expect(() => parseExactJson('{1: 2}')).toThrow(SyntaxError);
    expect(() => parseExactJson('<html>1</html>')).toThrow(SyntaxError);
  });
});

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch {
    return true;
  }
}

/** The float's own digits: JSON.stringify wrote the text, so no digit was lost before. */
function withNumbersAsText(value: unknown): unknown {
  if (typeof value === 'number')
    return Math.abs(value) < 1e-6 && value !== 0 ? new Big(value).toFixed() : toText(value);
  if (Array.isArray(value)) return value.map(withNumbersAsText);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withNumbersAsText(member)]));
}

function toText(value: number): string {
  return String(value).includes('e') ? new Big(value).toFixed() : String(value);
}
