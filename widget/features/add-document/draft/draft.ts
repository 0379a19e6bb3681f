import type { DocumentKind, LineAmountTypes } from '#shared/contract/document.ts';

/** One line of the form. Numbers are kept as they were typed. */
export type LineDraft = {
  /** Identifies the line within its form. It never changes. */
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
  /** Its place (from 0) among the deal's lines, if it was copied from there. */
  dealLine: number | null;
};

/** The text of the form. Dates are kept as they were typed. */
export type DocumentDraft = {
  kind: DocumentKind;
  date: string;
  /** When it is due. Of a quote, the day it expires. */
  dueDate: string;
  /** False while it is computed from the date and the contact's payment terms. */
  isDueDateTyped: boolean;
  title: string;
  summary: string;
  terms: string;
  reference: string;
  /** On a bill: the supplier's number. */
  number: string;
  currency: string;
  lineAmountTypes: LineAmountTypes;
  brandingThemeId: string | null;
  lines: readonly LineDraft[];
};

/** A field, such as `date` or `lines.<line id>.quantity` → its error. */
export type FieldErrors = Readonly<Record<string, string>>;

export function lineField(line: Pick<LineDraft, 'id'>, field: string): string {
  return `lines.${line.id}.${field}`;
}

/** True if the line is empty, so that nothing is lost without it. */
export function isEmptyLine({ itemCode, description, unitAmount }: LineDraft): boolean {
  return itemCode === null && description.trim() === '' && unitAmount.trim() === '';
}
