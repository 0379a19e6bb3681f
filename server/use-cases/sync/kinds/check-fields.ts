import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { currencyDecimals } from '#shared/currency.ts';
import { compareDecimals, type Decimal } from '#shared/money.ts';
import { fieldWords, sayMissing } from '../words/field-words.ts';
import { toProblem } from '../words/problems.ts';
import type { KindFacts } from './kind.ts';

export type Filled<Data, Name extends keyof Data> = Data & { [Key in Name]-?: NonNullable<Data[Key]> };

/** Whether all these members have a value. A blank text and an empty list are none. */
export function isFilled<Data extends object, Name extends keyof Data & string>(
  data: Data,
  names: readonly Name[],
): data is Filled<Data, Name> {
  return !names.some((name) => isBlank(data[name]));
}

/** The problem of the first of these members that has no value. Call it when `isFilled` is false. */
export function toMissing<Data extends object>(
  data: Data,
  names: readonly (keyof Data & string)[],
  at = '',
): { problem: RecordProblem } {
  const name = names.find((one) => isBlank(data[one])) ?? '';
  return { problem: missingAt(`${at}${name}`) };
}

export function missingAt(path: string): RecordProblem {
  return toProblem('field_missing', { field: path, message: sayMissing(path) });
}

export function invalidAt(path: string, message: string): RecordProblem {
  return toProblem('field_invalid', { field: path, message });
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The first text that is longer than Xero takes. Lengths are from Xero's OpenAPI file. */
export function findTooLong(
  ...texts: readonly [path: string, text: string | undefined, most: number][]
): RecordProblem | undefined {
  const found = texts.find(([, text, most]) => (text?.length ?? 0) > most);
  return found && invalidAt(found[0], fieldWords.tooLong(found[0], found[2]));
}

/** Amounts have the currency's decimals at most. Zeros at the end do not count. */
export function checkDecimals(path: string, amount: Decimal, currency: string): RecordProblem | undefined {
  const decimals = /\.(\d*?)0*$/.exec(amount)?.[1]?.length ?? 0;
  if (decimals <= currencyDecimals(currency)) return undefined;
  return invalidAt(path, fieldWords.tooManyDecimals(path, amount, currency));
}

export function checkAboveZero(path: string, amount: Decimal): RecordProblem | undefined {
  return compareDecimals(amount, '0') > 0 ? undefined : invalidAt(path, fieldWords.notAboveZero(path));
}

export function checkNotNegative(path: string, amount: Decimal): RecordProblem | undefined {
  return compareDecimals(amount, '0') < 0 ? invalidAt(path, fieldWords.negative(path)) : undefined;
}

/** Xero refuses these in names of contacts. */
export function checkName(path: string, name: string): RecordProblem | undefined {
  if (/[<>]/.test(name)) return invalidAt(path, fieldWords.nameWithBrackets);
  return findTooLong([path, name, 255]);
}

/** The record's page. A page of another site must not be behind "Go to …" in Xero. */
export function checkPage(url: string | undefined, { origins }: Pick<KindFacts, 'origins'>): RecordProblem | undefined {
  if (url === undefined || (URL.canParse(url) && origins.includes(new URL(url).origin))) return undefined;
  return invalidAt('url', fieldWords.foreignPage);
}
