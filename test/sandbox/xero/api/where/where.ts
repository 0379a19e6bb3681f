import { queryParseException } from '../../errors.ts';
import { type Comparison, compare, type FieldTable, type Literal } from './where-compare.ts';
import { type Token, toTokens } from './where-tokens.ts';

/** A parsed filter and the fields that it uses. */
export type Where<Row> = { test: (row: Row) => boolean; fields: string[] };

type Test<Row> = (row: Row) => boolean;
type Reader<Row> = { tokens: Token[]; at: number; table: FieldTable<Row>; fields: string[] };

/** Parses the documented part of `where`: comparisons, Contains, StartsWith, EndsWith, ToLower, AND, OR. */
export function parseWhere<Row>(source: string, table: FieldTable<Row>): Where<Row> {
  const reader: Reader<Row> = { tokens: toTokens(source), at: 0, table, fields: [] };
  const test = parseOr(reader);
  if (peek(reader)) throw queryParseException('Syntax error');
  return { test, fields: reader.fields };
}

function parseOr<Row>(reader: Reader<Row>): Test<Row> {
  const tests = [parseAnd(reader)];
  while (take(reader, '||') || takeWord(reader, 'or')) tests.push(parseAnd(reader));
  return (row) => tests.some((test) => test(row));
}

function parseAnd<Row>(reader: Reader<Row>): Test<Row> {
  const tests = [parseOne(reader)];
  while (take(reader, '&&') || takeWord(reader, 'and')) tests.push(parseOne(reader));
  return (row) => tests.every((test) => test(row));
}

function parseOne<Row>(reader: Reader<Row>): Test<Row> {
  if (take(reader, '!')) {
    const test = parseOne(reader);
    return (row) => !test(row);
  }
  if (!take(reader, '(')) return parseComparison(reader);
  const test = parseOr(reader);
  expect(reader, ')');
  return test;
}

function parseComparison<Row>(reader: Reader<Row>): Test<Row> {
  const { name, fold, method } = parseField(reader);
  const field = Object.hasOwn(reader.table, name) ? reader.table[name] : undefined;
  if (!field) throw queryParseException(`No property or field '${name}' exists in type '${reader.table.$type}'`);
  if (typeof field === 'string') throw queryParseException('Expression expected');
  reader.fields.push(name);
  const comparison: Comparison = method
    ? { operator: method, literal: parseArgument(reader) }
    : { operator: parseOperator(reader), literal: parseLiteral(reader) };
  return compare(field, fold, comparison);
}

type FieldPath = { name: string; fold: 'lower' | 'upper' | undefined; method: Comparison['operator'] | undefined };

const methods: Record<string, Comparison['operator']> = {
  Contains: 'contains',
  StartsWith: 'starts',
  EndsWith: 'ends',
};

function parseField<Row>(reader: Reader<Row>): FieldPath {
  const path = [word(reader)];
  let fold: FieldPath['fold'];
  while (take(reader, '.')) {
    const part = word(reader);
    const method = Object.hasOwn(methods, part) ? methods[part] : undefined;
    if (method) return { name: path.join('.'), fold, method };
    if (part !== 'ToLower' && part !== 'ToUpper') path.push(part);
    else {
      fold = part === 'ToLower' ? 'lower' : 'upper';
      expect(reader, '(');
      expect(reader, ')');
    }
  }
  return { name: path.join('.'), fold, method: undefined };
}

const operators: Record<string, Comparison['operator']> = {
  '==': '==',
  '=': '==',
  '!=': '!=',
  '<>': '!=',
  '>': '>',
  '>=': '>=',
  '<': '<',
  '<=': '<=',
};

function parseOperator<Row>(reader: Reader<Row>): Comparison['operator'] {
  const token = next(reader);
  const operator = token.kind === 'sign' ? operators[token.text] : undefined;
  if (!operator) throw queryParseException('Syntax error');
  return operator;
}

function parseArgument<Row>(reader: Reader<Row>): Literal {
  expect(reader, '(');
  const literal = parseLiteral(reader);
  expect(reader, ')');
  return literal;
}

function parseLiteral<Row>(reader: Reader<Row>): Literal {
  const token = next(reader);
  if (token.kind === 'text') return { type: 'String', value: token.text };
  if (token.kind === 'number') return { type: 'Number', value: Number(token.text) };
  if (token.kind === 'sign') throw queryParseException('Expression expected');
  const name = token.text.toLowerCase();
  if (name === 'null') return { type: 'Null' };
  if (name === 'true' || name === 'false') return { type: 'Boolean', value: name === 'true' };
  if (name === 'guid') return parseGuid(reader);
  if (name === 'datetime') return parseDateTime(reader);
  throw queryParseException(`No property or field '${token.text}' exists in type '${reader.table.$type}'`);
}

function parseGuid<Row>(reader: Reader<Row>): Literal {
  if (take(reader, '.')) word(reader);
  const { type, value } = { value: undefined, ...parseArgument(reader) };
  if (type !== 'String') throw queryParseException('Expression expected');
  return { type: 'Guid', value: String(value).toLowerCase() };
}

/** `DateTime(2026, 11, 10)` or `DateTime.Parse("2026-11-10")`, both UTC. */
function parseDateTime<Row>(reader: Reader<Row>): Literal {
  if (take(reader, '.')) {
    word(reader);
    const literal = parseArgument(reader);
    const ms = literal.type === 'String' ? Date.parse(withZone(literal.value)) : Number.NaN;
    if (Number.isNaN(ms)) throw queryParseException('String was not recognized as a valid DateTime.');
    return { type: 'DateTime', value: ms };
  }
  expect(reader, '(');
  const parts = [Number(next(reader).text)];
  while (take(reader, ',')) parts.push(Number(next(reader).text));
  expect(reader, ')');
  const [year = 1, month = 1, day = 1, ...time] = parts;
  return { type: 'DateTime', value: Date.UTC(year, month - 1, day, ...time) };
}

function withZone(text: string): string {
  return /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text.padEnd(10)}${text.length === 10 ? 'T00:00:00' : ''}Z`;
}

function peek<Row>(reader: Reader<Row>): Token | undefined {
  return reader.tokens[reader.at];
}

function next<Row>(reader: Reader<Row>): Token {
  const token = peek(reader);
  if (!token) throw queryParseException('Expression expected');
  reader.at += 1;
  return token;
}

function take<Row>(reader: Reader<Row>, sign: string): boolean {
  const token = peek(reader);
  const found = token?.kind === 'sign' && token.text === sign;
  if (found) reader.at += 1;
  return found;
}

function takeWord<Row>(reader: Reader<Row>, name: string): boolean {
  const token = peek(reader);
  const found = token?.kind === 'word' && token.text.toLowerCase() === name;
  if (found) reader.at += 1;
  return found;
}

function expect<Row>(reader: Reader<Row>, sign: string): void {
  if (!take(reader, sign)) throw queryParseException(`'${sign}' expected`);
}

function word<Row>(reader: Reader<Row>): string {
  const token = next(reader);
  if (token.kind !== 'word') throw queryParseException('Expression expected');
  return token.text;
}
