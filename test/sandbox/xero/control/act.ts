import { XeroFault } from '../errors.ts';
import type { Organisation } from '../records/organisation.ts';

/** What a person does in one organisation. */
export type Act = (organisation: Organisation, body: unknown, now: number) => unknown;

export function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new XeroFault(404, 'the sandbox knows no such record or organisation');
  return value;
}
