import { writeMany } from '#server/use-cases/writes/many/write-many.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { formatExactJson } from '#server/xero/bytes/exact-json.ts';
import { documentUrl } from '#server/xero/deep-links.ts';
import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import { expenses } from '../../kinds/expenses.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { buildRecordHandler, type WriteDetails } from '../write/record-handler.ts';
import type { FollowActions } from './following.ts';

/**
 * Adds the bill of a finished purchase order, once. Nothing in Xero ties the two together, so the write's key does: it
 * names the order and no version, and a later version of the order never makes a second bill.
 */
export const addBill: FollowActions['bill'] = async ({ round, look, follow }) => {
  const { built } = follow;
  if ('problem' in built) throw new AppError('xero_rejected', { extension: { problem: built.problem } });
  if (!('element' in built)) throw new AppError('outcome_unknown');
  const bills: SyncKind<PutKind> = expenses;
  const { mark } = bills;
  const { caller, deps } = round.acting;
  const { kind, crmId } = look.version;
  const details: WriteDetails = {
    since: round.contacts.asOf() ?? deps.clock.now().toISOString(),
    clientId: deps.config.xero.clientId,
    keys: [],
    title: look.row.title ?? crmId,
  };
  const [outcome] = await writeMany(round.acting, buildRecordHandler(round.acting, bills), [
    {
      writeKey: `sync:${hashParts([caller.organisationId, kind, crmId, 'bill'])}`,
      kind: 'sync:bill-of-order',
      record: { type: syncKindTable[kind].type, id: crmId },
      bodyHash: hashParts([formatExactJson(built.element)]),
      prepare: ({ writeId }) => ({
        request: formatExactJson(mark ? mark.put(built.element, mark.toMark(writeId)) : built.element),
        details: JSON.stringify(details),
      }),
    },
  ]);
  if (outcome?.outcome !== 'done')
    throw outcome && 'error' in outcome ? outcome.error : new AppError('outcome_unknown');
  const { id } = outcome.made;
  const { shortCode } = round.facts.organisation;
  return { xeroId: id, xeroUrl: documentUrl(deps.config.xero.appUrl, shortCode, { kind: 'bill', id }) };
};
