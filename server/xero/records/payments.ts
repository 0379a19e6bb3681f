import { postPaymentDeleted } from '#server/xero/endpoints/payments.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import { toRecordError } from './call-errors.ts';
import { readRecords } from './read-records.ts';

/**
 * A payment that is already deleted cannot be deleted again, so after a refusal its status decides. What Xero does not
 * have is deleted too.
 */
export async function deletePayment(
  deps: Reading,
  caller: XeroCaller,
  payment: { id: string; idempotencyKey: string },
): Promise<void> {
  try {
    await deps.ask(caller, postPaymentDeleted(payment));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'xero_not_found') return;
    if (error.code !== 'xero_rejected') throw error;
    const { twins } = await readRecords(deps, caller, { resource: 'payment', ids: [payment.id] });
    if (twins.get(payment.id.toLowerCase())?.status !== 'DELETED') throw toRecordError(error, 1);
  }
}
