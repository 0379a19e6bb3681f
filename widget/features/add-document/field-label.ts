import type { DocumentDraft } from './draft/draft.ts';
import { formWords } from './words.ts';

/** The name of a field on the screen, with its line if it has one. */
export function fieldLabel(field: string, { kind, lines }: DocumentDraft): string {
  const [first = '', id, part = ''] = field.split('.');
  if (first === 'until') return formWords.until[kind];
  if (first !== 'lines') return headLabels[first] ?? first;
  const place = lines.findIndex((line) => line.id === id) + 1;
  return `${formWords.line(place)}, ${lineLabels[part] ?? part}`;
}

const headLabels: Readonly<Record<string, string>> = {
  date: formWords.date,
  title: formWords.title,
  summary: formWords.summary,
  terms: formWords.terms,
  reference: formWords.reference,
  number: formWords.number,
  currency: formWords.currency,
  brandingThemeId: formWords.branding,
};

const lineLabels: Readonly<Record<string, string>> = {
  description: formWords.description,
  quantity: formWords.quantity,
  unitAmount: formWords.price,
  discount: formWords.discount,
  accountCode: formWords.account,
  taxType: formWords.tax,
  tracking: formWords.tracking,
};
