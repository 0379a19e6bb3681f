import fc, { type Arbitrary } from 'fast-check';

/** The part of JSON Schema that the API's OpenAPI document uses. */
export type JsonSchema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  oneOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
};

/** Existing ids, so that some requests pass the first checks. */
export type Known = { ids: readonly string[]; today: string };

/**
 * Half of the values fit the schema completely, to reach the code behind the first check. The other half contains
 * something hostile in places.
 */
export function fromSchema(schema: JsonSchema, known: Known): Arbitrary<unknown> {
  return fc.oneof(fitting(schema, known), spoilt(schema, known));
}

type Make = (schema: JsonSchema, known: Known) => Arbitrary<unknown>;

const fitting: Make = (schema, known) => make(schema, known, fitting);
const spoilt: Make = (schema, known) =>
  fc.oneof({ weight: 7, arbitrary: make(schema, known, spoilt) }, { weight: 1, arbitrary: hostile });

function make(schema: JsonSchema, known: Known, makePart: Make): Arbitrary<unknown> {
  const choices = schema.oneOf ?? schema.anyOf ?? schema.allOf;
  if (choices) return fc.oneof(...choices.map((one) => makePart(one, known)));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const { items = {}, minItems: minLength = 0, minimum: min = -1000, maximum = 1000 } = schema;
  switch (schema.type) {
    case 'object':
      return makeObject(schema, known, makePart);
    case 'array':
      return fc.array(makePart(items, known), { minLength, maxLength: 4 });
    case 'integer':
      return fc.integer({ min, max: Math.min(maximum, 1_000_000) });
    case 'number':
      return fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'string':
      return fittingText(schema, known);
    default:
      return hostile;
  }
}

function makeObject({ properties = {}, required = [] }: JsonSchema, known: Known, makePart: Make): Arbitrary<unknown> {
  const members = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, makePart(one, known)]));
  const whole = fc.record(members, { requiredKeys: required });
  return makePart === fitting ? whole : fc.oneof(whole, fc.record(members, { requiredKeys: [] }));
}

function fittingText({ format, pattern, maxLength = 40 }: JsonSchema, { ids, today }: Known): Arbitrary<string> {
  if (format === 'uuid')
    return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...ids) }, { weight: 1, arbitrary: fc.uuid() });
  if (format === 'date') return fc.constantFrom(today, '2026-02-28', '1900-01-01', '9999-12-31');
  if (pattern !== undefined) return matching(new RegExp(pattern));
  return fc.oneof(fc.string({ maxLength }), fc.string({ unit: 'binary', maxLength }), fc.constantFrom(...usualTexts));
}

/** A value that the field probably accepts, if it may. */
function matching(pattern: RegExp): Arbitrary<string> {
  const usual = ['AUD', '200', '1', '3.50'].filter((text) => pattern.test(text));
  const any = fc.stringMatching(pattern);
  return usual.length > 0 ? fc.oneof(any, fc.constantFrom(...usual)) : any;
}

/** Words that some field knows: records, accounts, tax. */
const usualTexts = ['1001', '501', '9001', '200', '400', 'OUTPUT', 'INPUT', 'ben', 'a'] as const;

/** Texts that no schema expects. A lone surrogate and NUL break databases; names of prototypes break objects. */
export const hostileTexts = [
  '',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e',
  '__proto__',
  'constructor',
  'x'.repeat(70_000),
  '1e999',
  '-0',
  '9'.repeat(400),
  '../../etc/passwd',
  "' OR 1=1 --",
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  '\r\nset-cookie: a=b',
  '%00%ff%zz',
] as const;

function nest(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

const hostile: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.constantFrom(null, true, 0, -1, 1e308, -1e308, 2 ** 53, 0.1, 1e-320, [], {}, [[]], nest(50), nest(3000)),
  fc.string({ unit: 'binary' }),
  fc
    .constantFrom('{"__proto__":{"isPolluted":true}}', '{"constructor":{"prototype":{"isPolluted":true}}}')
    .map((text) => {
      const value: unknown = JSON.parse(text);
      return value;
    }),
  fc.jsonValue({ maxDepth: 3 }),
);
