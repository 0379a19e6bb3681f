import { queryParseException } from '../../errors.ts';

export type FieldType = 'String' | 'Number' | 'Boolean' | 'Guid' | 'DateTime';

export type Field<Row> = { type: FieldType; get: (row: Row) => string | number | boolean | undefined };

/** The fields for filtering and sorting. `$type` is Xero's name of the record. */
export type FieldTable<Row> = { [name: string]: Field<Row> | string } & { $type: string };

export type Literal =
  | { type: 'Null' }
  | { type: 'String'; value: string }
  | { type: 'Guid'; value: string }
  | { type: 'Number'; value: number }
  | { type: 'DateTime'; value: number }
  | { type: 'Boolean'; value: boolean };

export type Comparison = {
  operator: '==' | '!=' | '>' | '>=' | '<' | '<=' | 'contains' | 'starts' | 'ends';
  literal: Literal;
};

type Fold = 'lower' | 'upper' | undefined;

/** Compares text with case, unless ToLower or ToUpper is used. */
export function compare<Row>(field: Field<Row>, fold: Fold, { operator, literal }: Comparison) {
  checkTypes(field.type, operator, literal);
  const wanted = literal.type === 'Null' ? undefined : literal.value;
  return (row: Row): boolean => {
    const value = folded(field.get(row), fold);
    if (operator === '==') return value === wanted;
    if (operator === '!=') return value !== wanted;
    if (value === undefined || wanted === undefined) return false;
    return tests[operator](value, wanted);
  };
}

type Value = string | number | boolean;

const tests: Record<Exclude<Comparison['operator'], '==' | '!='>, (value: Value, wanted: Value) => boolean> = {
  '>': (value, wanted) => value > wanted,
  '>=': (value, wanted) => value >= wanted,
  '<': (value, wanted) => value < wanted,
  '<=': (value, wanted) => value <= wanted,
  contains: (value, wanted) => String(value).includes(String(wanted)),
  starts: (value, wanted) => String(value).startsWith(String(wanted)),
  ends: (value, wanted) => String(value).endsWith(String(wanted)),
};

function folded(value: Value | undefined, fold: Fold): Value | undefined {
  if (fold === undefined || typeof value !== 'string') return value;
  return fold === 'lower' ? value.toLowerCase() : value.toUpperCase();
}

function isText(operator: Comparison['operator']): operator is 'contains' | 'starts' | 'ends' {
  return operator === 'contains' || operator === 'starts' || operator === 'ends';
}

function checkTypes(type: FieldType, operator: Comparison['operator'], literal: Literal): void {
  if (literal.type === 'Null' || (literal.type === type && (!isText(operator) || type === 'String'))) return;
  if (isText(operator)) throw queryParseException(`No applicable method exists in type '${type}'`);
  throw queryParseException(`Operator '${operator}' incompatible with operand types '${type}' and '${literal.type}'`);
}
