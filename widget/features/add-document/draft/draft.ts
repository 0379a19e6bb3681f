import type { DocumentKind, LineAmountTypes } from '#shared/contract/document.ts';

/** What stands in a line of the form; numbers as they were typed. */
export type LineDraft = {
  /** Names the line within its form, whatever happens to the lines above it. */
  id: string;
  itemCode: string | null;
  description: string;
  quantity: string;
  unitAmount: string;
  discount: string;
  accountCode: string | null;
  taxType: string | null;
  /** Category id → option id. */
  tracking: Readonly<Record<string, string>>;
  /** Its place (from 0) among the deal's own lines, where it was copied from there. */
  dealLine: number | null;
};

/** What stands in the form; dates as they were typed. */
export type DocumentDraft = {
  kind: DocumentKind;
  date: string;
  /** Until when a quote holds, or when the rest is due. */
  until: string;
  /** False while it follows from the date and the contact's payment terms. */
  isUntilTyped: boolean;
  title: string;
  summary: string;
  terms: string;
  reference: string;
  /** Of a bill: the supplier's own. */
  number: string;
  currency: string;
  lineAmountTypes: LineAmountTypes;
  brandingThemeId: string | null;
  lines: readonly LineDraft[];
};

/** `date`, `lines.<line id>.quantity` … → what is wrong there. */
export type FieldErrors = Readonly<Record<string, string>>;

export function lineField(line: Pick<LineDraft, 'id'>, field: string): string {
  return `lines.${line.id}.${field}`;
}

/** Nothing in it that a person would miss. */
export function isEmptyLine({ itemCode, description, unitAmount }: LineDraft): boolean {
  return itemCode === null && description.trim() === '' && unitAmount.trim() === '';
}
