import { tellHistory } from '../../records/history.ts';
import type { Books } from '../../records/organisation.ts';
import type { PurchaseOrder } from '../../records/types.ts';
import type { Problems } from '../../records/writing/problems.ts';
import {
  type PurchaseOrderWrite,
  purchaseOrderProblems,
  type SentPurchaseOrder,
} from '../../records/writing/purchase-order-problems.ts';
import { canBeSent, savePurchaseOrder } from '../../records/writing/save-purchase-order.ts';
import { sentPurchaseOrderSchema } from '../../records/writing/sent.ts';
import { dayPair, unitDecimalsOf } from '../documents/document-wire.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { toRefusedParts, zeroId } from '../writes/refused-document.ts';
import {
  invalidJson,
  requireNamed,
  toErrors,
  type WriteMode,
  withoutNulls,
  writeElements,
} from '../writes/write-elements.ts';
import { writtenText } from '../writes/written-text.ts';
import { purchaseOrderToWire } from './purchase-order-wire.ts';

/** Purchase orders: PUT creates them, POST creates or changes them. */
export function writePurchaseOrders(call: ApiCall, mode: WriteMode): ApiAnswer {
  const id = call.params.id;
  requireNamed(mode, findPurchaseOrder(call.books, { PurchaseOrderID: id }));
  const toWrite = (sent: SentPurchaseOrder): PurchaseOrderWrite => ({
    organisation: call.organisation,
    sent,
    known: mode === 'create' ? undefined : findPurchaseOrder(call.books, sent),
    unitDecimals: unitDecimalsOf(call),
    now: call.sandbox.clock.now(),
  });
  return writeElements<SentPurchaseOrder>(call, {
    plural: 'PurchaseOrders',
    read: (element) => {
      const parsed = sentPurchaseOrderSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return id === undefined ? parsed.data : { ...parsed.data, PurchaseOrderID: id };
    },
    problemsOf: (sent) => withLostId(mode, toWrite(sent)),
    toRefused: (sent, problems) => toRefused(toWrite(sent), problems),
    save: (sent) => save(call, toWrite(sent)),
  });
}

/** By id, or by number. */
export function findPurchaseOrder(
  { purchaseOrders }: Books,
  { PurchaseOrderID, PurchaseOrderNumber }: Pick<SentPurchaseOrder, 'PurchaseOrderID' | 'PurchaseOrderNumber'>,
): PurchaseOrder | undefined {
  if (PurchaseOrderID) return purchaseOrders.get(PurchaseOrderID.toLowerCase());
  if (!PurchaseOrderNumber) return undefined;
  return [...purchaseOrders.values()].find((one) => one.PurchaseOrderNumber === PurchaseOrderNumber);
}

function withLostId(mode: WriteMode, write: PurchaseOrderWrite): Problems {
  const isLost = mode !== 'create' && write.sent.PurchaseOrderID && write.known === undefined;
  if (!isLost) return purchaseOrderProblems(write);
  const text = 'An existing Purchase Order with the specified PurchaseOrderID could not be found';
  return { document: [text], contact: [], lines: [] };
}

function toRefused({ sent, known }: PurchaseOrderWrite, problems: Problems) {
  const { Date: date, DeliveryDate, ExpectedArrivalDate, ...fields } = sent;
  return {
    ...fields,
    PurchaseOrderID: known?.PurchaseOrderID ?? zeroId,
    ...dayPair('Date', date),
    ...dayPair('DeliveryDate', DeliveryDate),
    ...dayPair('ExpectedArrivalDate', ExpectedArrivalDate),
    ...toRefusedParts(sent, problems),
    HasErrors: true,
  };
}

function save(call: ApiCall, write: PurchaseOrderWrite) {
  const before = write.known?.Status;
  const order = savePurchaseOrder(write);
  const entry = writtenText(call, { before, status: order.Status, number: order.PurchaseOrderNumber, ...order });
  tellHistory(call.books, order.PurchaseOrderID, { ...entry, at: write.now });
  const wire = purchaseOrderToWire(call.books, order, write.unitDecimals);
  if (write.sent.SentToContact === undefined || canBeSent(order)) return wire;
  return {
    ...wire,
    Warnings: toErrors(['Only AUTHORISED and BILLED purchase orders may have SentToContact updated.']),
  };
}
