import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { XeroFault } from '../../errors.ts';
import { parseWhere } from './where.ts';
import type { FieldTable } from './where-compare.ts';

type Row = { name?: string; id: string; due: number; date: number; live: boolean };

const table: FieldTable<Row> = {
  $type: 'Thing',
  Name: { type: 'String', get: (row) => row.name },
  'Contact.ContactID': { type: 'Guid', get: (row) => row.id },
  AmountDue: { type: 'Number', get: (row) => row.due },
  Date: { type: 'DateTime', get: (row) => row.date },
  Live: { type: 'Boolean', get: (row) => row.live },
};

const row: Row = { name: 'Blue Gum', id: 'aa-1', due: 10.5, date: Date.UTC(2026, 10, 10), live: true };
function matches(source: string, given: Row = row) {
  return parseWhere(source, table).test(given);
}

function messageOf(source: string): unknown {
  try {
    parseWhere(source, table);
  } catch (error) {
    if (error instanceof XeroFault) return error.body;
    throw error;
  }
  return undefined;
}

describe('where', () => {
  test.each([
    ['Name=="Blue Gum"', true],
    ['Name = "blue gum"', false],
    ['Name.ToLower()=="blue gum"', true],
    ['Name.Contains("e G")', true],
    ['Name!=null && Name.StartsWith("Blue") AND Name.EndsWith("Gum")', true],
    ['Contact.ContactID==guid("AA-1")', true],
    ['Contact.ContactID==Guid("bb")', false],
    ['AmountDue > 10 and AmountDue<=10.5', true],
    ['Date>=DateTime(2026, 11, 10) && Date < DateTime.Parse("2026-11-11")', true],
    ['Date<DateTime.Parse("2026-11-10T00:00:00")', false],
    ['Live==true AND !(AmountDue == 0)', true],
    ['Name=="x" OR (Live==true AND Name.ToUpper().Contains("GUM"))', true],
    ['Name == "x" || Name == "y" && Live == true', false],
  ])('%s gives %s', (source, expected) => {
    expect(matches(source)).toBe(expected);
  });

  test('when the field is empty, then Contains is false and == null is true', () => {
    const { name, ...nameless } = row;
    expect(name).toBe('Blue Gum');
    expect(matches('Name.Contains("a")', nameless)).toBe(false);
    expect(matches('Name == null', nameless)).toBe(true);
  });

  test.each([
    ['Nme=="x"', "No property or field 'Nme' exists in type 'Thing'"],
    ['Contact.ContactID=="aa-1"', "Operator '==' incompatible with operand types 'Guid' and 'String'"],
    ['Date>"2026-01-01"', "Operator '>' incompatible with operand types 'DateTime' and 'String'"],
    ['Name==', 'Expression expected'],
    ['Name=="a","b"', 'Syntax error'],
    ["Name=='abc'", 'Character literal must contain exactly one character'],
    ['Name=="abc', 'Unterminated string literal'],
    ['(Name=="abc"', "')' expected"],
    ['$type=="x"', "Syntax error '$'"],
  ])('a filter that cannot be parsed (%s) gives: %s', (source, Message) => {
    expect(messageOf(source)).toEqual({ ErrorNumber: 16, Type: 'QueryParseException', Message });
  });

  test('any text with doubled quotation marks finds exactly itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(matches(`Name=="${name.replaceAll('"', '""')}"`, { ...row, name })).toBe(true);
      }),
    );
  });

  test('any filter is parsed or refused, never a crash', () => {
    const piece = fc.constantFrom(
      'Name',
      '==',
      '"a"',
      '(',
      ')',
      'AND',
      '.',
      'ToLower',
      'guid',
      ',',
      '1',
      '!',
      'null',
      ' ',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        messageOf(pieces.join(''));
      }),
    );
  });

  test('a parsed filter lists the fields it uses', () => {
    expect(parseWhere('Name=="a" OR AmountDue>0', table).fields).toEqual(['Name', 'AmountDue']);
  });
});
