import { z } from 'zod';
import { todayIn } from '../dates.ts';
import { deletePayment, findPayment } from '../records/payment-book.ts';
import { type Act, found } from './act.ts';

export const paymentActSchemas = {
  reconcilePayment: z.object({ paymentId: z.string(), isReconciled: z.boolean().optional() }),
  deletePayment: z.object({ paymentId: z.string() }),
};

/** What a person does with payments in Xero's screens. */
export const paymentActs: Record<string, Act> = {
  'reconcile-payment': ({ books }, body, now) => {
    const { paymentId, isReconciled = true } = paymentActSchemas.reconcilePayment.parse(body);
    const { payment } = found(findPayment(books(), paymentId));
    return Object.assign(payment, { isReconciled, updatedAt: now });
  },
  'delete-payment': ({ books, timezone }, body, now) => {
    const row = found(findPayment(books(), paymentActSchemas.deletePayment.parse(body).paymentId));
    if (!row.isDeleted) deletePayment(books(), row, todayIn(timezone, now), now);
    return row.payment;
  },
};
