import type { Credit, OpenDocument, Split } from './split.ts';
import { convert, toAmount, toUnits } from './units.ts';

/**
 * Pays documents in turn until the credit is spent: the last one in part, or with a rest when all are paid. Undefined
 * where nothing is left for a single one, after its currency is rounded.
 */
export function splitInTurn(credit: Credit, documents: readonly OpenDocument[]): Split | undefined {
  const [first] = documents;
  if (!first) return undefined;
  const isForeign = first.currency !== credit.currency;
  const paid = isForeign ? convert(credit.amount, credit, first) : toUnits(credit.amount);
  const parts: { id: string; amount: string }[] = [];
  let left = paid;
  for (const { id, due, currency } of documents) {
    if (left === 0n) break;
    const part = left < toUnits(due) ? left : toUnits(due);
    parts.push({ id, amount: toAmount(part, currency) });
    left -= part;
  }
  if (parts.length === 0) return undefined;
  const zero = toAmount(0n, credit.currency);
  const rest = isForeign
    ? toAmount(convert(toAmount(left, first.currency), first, credit), credit.currency)
    : toAmount(left, credit.currency);
  const isOpen = parts.some(
    ({ id, amount }) => toUnits(amount) < toUnits(documents.find((one) => one.id === id)?.due ?? '0'),
  );
  return { fit: left > 0n ? 'over' : isOpen ? 'part' : 'exact', parts, fee: zero, exchangeDifference: zero, rest };
}
