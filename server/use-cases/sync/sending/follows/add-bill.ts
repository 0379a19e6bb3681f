import type { ItemOutcome, ManyItem } from '#server/use-cases/writes/many/many-handler.ts';
import { writeMany } from '#server/use-cases/writes/many/write-many.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { formatExactJson } from '#server/xero/bytes/exact-json.ts';
import { documentUrl } from '#server/xero/deep-links.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import { expenses } from '../../kinds/expenses.ts';
import type { SyncKind, XeroElement } from '../../kinds/kind.ts';
import type { Look } from '../look/look.ts';
import { toBillMark } from '../look/record-mark.ts';
import type { Round } from '../round.ts';
import { buildRecordHandler, type WriteDetails } from '../write/record-handler.ts';
import type { FollowActions, Followed } from './following.ts';

/**
 * Adds the bills of finished purchase orders, each once, up to 50 in a call. Nothing in Xero ties the two together, so the
 * write's key does: it names the order and no version, and a later version of the order never makes a second bill.
 */
export const addBills: FollowActions['bill'] = async (round, _kind, several) => {
  const bills: SyncKind<PutKind> = expenses;
  const results = new Map<string, Followed | AppError>();
  const items: { id: string; item: ManyItem }[] = [];
  for (const { id, look, follow } of several) {
    const { built } = follow;
    if ('problem' in built) {
      results.set(id, new AppError('xero_rejected', { extension: { problem: built.problem } }));
    } else if ('element' in built) items.push({ id, item: toItem(round, bills, { look, element: built.element }) });
    else results.set(id, new AppError('outcome_unknown'));
  }
  const handler = buildRecordHandler(round.acting, bills);
  const outcomes = await writeMany(
    round.acting,
    handler,
    items.map(({ item }) => item),
  );
  for (const [index, { id }] of items.entries()) results.set(id, toResult(round, outcomes[index]));
  return results;
};

function toItem(
  { acting: { caller, deps }, contacts }: Round,
  { mark }: SyncKind<PutKind>,
  { look, element }: { look: Look; element: XeroElement },
): ManyItem {
  const { kind, crmId } = look.version;
  // Made of the order, so that it tells a bill of sync even where the write is lost with the database that knew it.
  const text = toBillMark({ mark }, caller, { kind, crmId });
  const details: WriteDetails = {
    since: contacts.asOf() ?? deps.clock.now().toISOString(),
    clientId: deps.config.xero.clientId,
    keys: [],
    title: look.row.title ?? crmId,
    ...(text !== undefined && { mark: text }),
  };
  return {
    writeKey: `sync:${hashParts([caller.organisationId, kind, crmId, 'bill'])}`,
    kind: 'sync:bill-of-order',
    record: { type: syncKindTable[kind].type, id: crmId },
    bodyHash: hashParts([formatExactJson(element)]),
    prepare: () => ({
      request: formatExactJson(mark && text !== undefined ? mark.put(element, text) : element),
      details: JSON.stringify(details),
    }),
  };
}

function toResult({ acting, facts }: Round, outcome: ItemOutcome<XeroTwin> | undefined): Followed | AppError {
  if (outcome?.outcome !== 'done') {
    return outcome && 'error' in outcome ? outcome.error : new AppError('outcome_unknown');
  }
  const { id } = outcome.made;
  const { appUrl } = acting.deps.config.xero;
  return { xeroId: id, xeroUrl: documentUrl(appUrl, facts.organisation.shortCode, { kind: 'bill', id }) };
}
