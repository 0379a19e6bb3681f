import { type PaymentTerms, paymentTermSchema } from '#shared/contract/choices.ts';
import type { KindTwin } from './kind.ts';

/** A text of Xero's row, or of an object in it. Undefined where the row does not say. */
export function readText({ row }: Pick<KindTwin, 'row'>, ...path: readonly string[]): string | undefined {
  const value = readMember(row, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function readFlag({ row }: Pick<KindTwin, 'row'>, name: string): boolean | undefined {
  const value = row[name];
  return typeof value === 'boolean' ? value : undefined;
}

/** A list of Xero's row. Empty where the row does not say. */
export function readList({ row }: Pick<KindTwin, 'row'>, name: string): readonly unknown[] {
  const value = row[name];
  return Array.isArray(value) ? value : [];
}

export function readMember(value: unknown, path: readonly string[]): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  return typeof value === 'object' && value !== null ? readMember(Reflect.get(value, name), rest) : undefined;
}

/** The contact's own terms for bills or invoices. Numbers of the row are text. */
export function readTerm(contact: Pick<KindTwin, 'row'>, side: 'Bills' | 'Sales'): PaymentTerms['bills'] {
  const day = readText(contact, 'PaymentTerms', side, 'Day');
  if (day === undefined || !/^\d{1,3}$/.test(day)) return null;
  const term = { day: Number(day), type: readText(contact, 'PaymentTerms', side, 'Type') };
  return paymentTermSchema.safeParse(term).data ?? null;
}

/** A day of Xero's row as `YYYY-MM-DD`. Xero writes midnight UTC of the calendar day as `/Date(ms)/`. */
export function readDay({ row }: Pick<KindTwin, 'row'>, name: string): string | undefined {
  return toDay(row[name]);
}

export function toDay(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const milliseconds = /^\/Date\((-?\d{1,15})([+-]\d{4})?\)\/$/.exec(value)?.[1];
  if (milliseconds === undefined) return /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0];
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}
