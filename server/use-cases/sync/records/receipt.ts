import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';

const mostBytes = 10 * 1024 * 1024;

/** The receipt's bytes in base64 as a request has them, before anything is known of its shape. */
export function findBase64(data: unknown): string | undefined {
  const receipt = memberOf(data, 'receipt');
  const base64 = memberOf(receipt, 'base64');
  return typeof base64 === 'string' ? base64 : undefined;
}

export function isReceiptTooLarge(data: unknown): boolean {
  const base64 = findBase64(data);
  return base64 !== undefined && Buffer.byteLength(base64, 'base64') > mostBytes;
}

/** The data with a digest in place of its receipt's bytes, and the bytes. */
export function splitReceipt(data: RecordData): { data: RecordData; receipt: string | null } {
  if (!('receipt' in data) || !data.receipt || data.receipt.base64 === undefined) return { data, receipt: null };
  const { base64, ...receipt } = data.receipt;
  return { data: { ...data, receipt: { ...receipt, base64: hashParts([base64]) } }, receipt: base64 };
}

/** The data as it was put. */
export function joinReceipt(data: Record<string, unknown>, receipt: string | null): Record<string, unknown> {
  const { receipt: kept } = data;
  if (receipt === null || typeof kept !== 'object' || kept === null) return data;
  return { ...data, receipt: { ...kept, base64: receipt } };
}

/** The data with the receipt's name only, for screens. */
export function nameReceipt(data: Record<string, unknown>): Record<string, unknown> {
  const { receipt } = data;
  return receipt === undefined ? data : { ...data, receipt: { name: memberOf(receipt, 'name') } };
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
