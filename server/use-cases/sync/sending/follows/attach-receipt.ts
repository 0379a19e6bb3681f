import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { readFlag } from '../../kinds/read-row.ts';
import { problemWords } from '../../words/problem-words.ts';
import { toProblem } from '../../words/problems.ts';
import type { Round } from '../round.ts';
import {
  type FollowActions,
  type Followed,
  type Following,
  type FollowOf,
  nothingToName,
  oneByOne,
} from './following.ts';
import { readReceipt } from './read-receipt.ts';

/**
 * Attaches receipts to their bills. A receipt that Xero has already is not sent again. One that has other content than
 * before takes the earlier one's place.
 */
export const attachReceipts: FollowActions['attachment'] = (round, _kind, several) =>
  oneByOne(several, (one) => attachReceipt(round, one));

async function attachReceipt(
  round: Round,
  { look, follow, known }: Following<FollowOf<'attachment'>>,
): Promise<Followed> {
  const { deps, caller } = round.acting;
  const id = look.row.xeroId;
  if (id === null) throw new AppError('outcome_unknown');
  const ref = { kind: 'bill' as const, id };
  // The bill was just read. Most have no file yet, and then there is no list to ask for.
  const hasFiles = !look.twin || readFlag(look.twin, 'HasAttachments') !== false;
  const files = hasFiles ? await deps.xero.listAttachments(caller, ref) : [];
  const namesakes = files.filter(({ fileName }) => fileName === follow.name);
  const isOther = known.content !== undefined && known.content !== follow.content;
  const file = await readReceipt(deps, look).catch((cause: unknown) => {
    // An address may work once only, and then the file is probably this one.
    if (namesakes.length > 0 && !isOther) return undefined;
    throw new AppError('xero_rejected', { cause, extension: { problem: toUnreadable() } });
  });
  const idempotencyKey = hashParts([caller.organisationId, id, follow.name, look.version.dataHash]);
  const isThere = namesakes.some(({ size }) => size === null || size === file?.bytes.length);
  if (!file || (isThere && !isOther)) return nothingToName;
  const attachment = { fileName: follow.name, ...file, idempotencyKey };
  if (namesakes.length > 0 && isOther) await deps.xero.replaceInvoiceFile(caller, id, attachment);
  else await deps.xero.attachFile(caller, ref, attachment);
  return nothingToName;
}

function toUnreadable(): RecordProblem {
  return toProblem('receipt_unreadable', { field: 'receipt', message: problemWords.receiptUnreadable });
}
