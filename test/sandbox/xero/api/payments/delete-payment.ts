import { z } from 'zod';
import { todayIn } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import { tellHistory } from '../../records/history.ts';
import { deletePayment, findPayment, type PaymentRow, payableId } from '../../records/payment-book.ts';
import { lockDateProblems } from '../../records/writing/document-problems.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { invalidJson, writeElements } from '../writes/write-elements.ts';
import { paymentRowToWire } from './payment-wire.ts';

const sentSchema = z.object({ Status: z.string() });

type Sent = z.infer<typeof sentSchema>;

/** POST to a payment's id can only delete it. */
export function deletePayments(call: ApiCall): ApiAnswer {
  const row = findPayment(call.books, call.params.id ?? '');
  if (!row) throw notFound();
  return writeElements<Sent>(call, {
    plural: 'Payments',
    read: (element) => {
      const parsed = sentSchema.safeParse(element);
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: problemsOf(call, row, sent), contact: [], lines: [] }),
    toRefused: () => ({ ...paymentRowToWire(call, row, 'list'), HasValidationErrors: true }),
    save: () => save(call, row),
  });
}

function problemsOf({ organisation }: ApiCall, { payment, isDeleted }: PaymentRow, sent: Sent): string[] {
  if (sent.Status !== 'DELETED') return ['Payments cannot be changed, only deleted'];
  return [
    ...(isDeleted ? ['The payment has already been deleted'] : []),
    ...(payment.isReconciled ? ['A payment that has been reconciled cannot be deleted'] : []),
    ...lockDateProblems(organisation, payment.Date),
  ];
}

function save(call: ApiCall, row: PaymentRow) {
  const { payment, on } = row;
  const at = call.sandbox.clock.now();
  deletePayment(call.books, row, todayIn(call.organisation.timezone, at), at);
  const Details = `Payment of ${on.CurrencyCode} ${payment.Amount.toFixed(2)} deleted through the Xero API`;
  tellHistory(call.books, payableId(on), { Changes: 'Payment deleted', Details, at });
  return paymentRowToWire(call, { ...row, isDeleted: true }, 'full');
}
