import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { fieldWords } from '../../words/field-words.ts';
import { findTooLong, invalidAt, isFilled, missingAt, toMissing } from '../check-fields.ts';
import type { Need } from '../kind.ts';
import type { Side } from './accounts.ts';
import { toDiscountedPrice } from './discounts.ts';
import type { DraftLine } from './lines.ts';
import { listTrackingNeeds } from './tracking-refs.ts';

type LineData = NonNullable<RecordData<'invoices'>['lines']>[number];

const required = ['description', 'quantity', 'unitAmount'] as const;

/** The items, tracking options and tax rates that lines name. */
export function listLineNeeds(lines: readonly LineData[] | undefined): Need[] {
  return (lines ?? []).flatMap(({ item, tracking, taxRate }, place): Need[] => [
    ...(item?.crmId ? [{ kind: 'items' as const, crmId: item.crmId, path: `lines.${place}.item` }] : []),
    ...listTrackingNeeds(tracking, `lines.${place}.tracking`),
    ...listTaxNeeds(taxRate, `lines.${place}.taxRate`),
  ]);
}

/** A word for a tax may be the id of a tax rate that the CRM put. */
export function listTaxNeeds(word: string | undefined, path: string): Need[] {
  return word ? [{ kind: 'tax-rates', crmId: word, path, ifPut: true }] : [];
}

/** The lines with their fields checked. */
export function readLines(lines: readonly LineData[], side: Side): { lines: DraftLine[] } | { problem: RecordProblem } {
  const drafts: DraftLine[] = [];
  for (const [place, line] of lines.entries()) {
    const read = readLine(line, `lines.${place}.`, side);
    if ('problem' in read) return read;
    drafts.push(read);
  }
  return { lines: drafts };
}

function readLine(line: LineData, at: string, side: Side): DraftLine | { problem: RecordProblem } {
  if (!isFilled(line, required)) return toMissing(line, required, at);
  const { item: given, ...members } = line;
  if (given && !given.crmId) return { problem: missingAt(`${at}item.crmId`) };
  const item = given?.crmId === undefined ? undefined : { crmId: given.crmId };
  const problem =
    findTooLong([`${at}description`, line.description, 4_000]) ??
    checkDigits(`${at}quantity`, line.quantity, 9) ??
    checkDigits(`${at}unitAmount`, line.unitAmount, 11) ??
    checkDiscount(`${at}discount`, line.discount);
  if (problem) return { problem };
  if (side === 'sales' || line.discount === undefined) return { at, ...members, item };
  const unitAmount = toDiscountedPrice({ ...line, discount: line.discount });
  if (unitAmount !== undefined) return { at, ...members, item, unitAmount, discount: undefined };
  const path = `${at}discount`;
  return { problem: invalidAt(path, fieldWords.billDiscount(path)) };
}

/** Digits before the point. */
export function checkDigits(path: string, amount: string, most: number): RecordProblem | undefined {
  const digits = /^-?0*(\d*)/.exec(amount)?.[1] ?? '';
  return digits.length > most ? invalidAt(path, fieldWords.tooManyDigits(path)) : undefined;
}

function checkDiscount(path: string, discount: string | undefined): RecordProblem | undefined {
  if (discount === undefined || /^0*(100(\.0*)?|\d{1,2}(\.\d{1,2}0*)?)$/.test(discount)) return undefined;
  return invalidAt(path, fieldWords.notAPercentage(path));
}
