import type { ItemOutcome, ManyItem } from '#server/use-cases/writes/many/many-handler.ts';
import { writeMany } from '#server/use-cases/writes/many/write-many.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { formatExactJson } from '#server/xero/bytes/exact-json.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import type { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { syncKindTable } from '#shared/sync-kinds.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { askSeveral } from '../../words/questions.ts';
import { toWriteKind } from '../look/earlier-writes.ts';
import { nameQuestion } from '../look/name-question.ts';
import { pendingId } from '../look/needed-rows.ts';
import { putMark, toRecordMark } from '../look/record-mark.ts';
import type { Round } from '../round.ts';
import { concernsAll, toFailed, toSynced, toUnknown } from '../to-finding.ts';
import type { Ended, PlannedAs } from './carry-out.ts';
import { buildRecordHandler, type WriteDetails } from './record-handler.ts';

type Make = PlannedAs<'make'>;

/** Adds new records to Xero, each exactly once, up to 50 in a call. */
export async function makeRecords(
  round: Round,
  kind: SyncKind<PutKind>,
  planned: readonly Make[],
): Promise<{ ended: Ended[]; failure: AppError | undefined }> {
  const items = planned.map((one) => toItem(round, kind, one));
  const outcomes = await writeMany(round.acting, buildRecordHandler(round.acting, kind), items);
  const ended = planned.map(
    (one, index): Ended => ({ planned: one, finding: toFinding(round, kind, one, outcomes[index]) }),
  );
  const failures = outcomes.flatMap((outcome) =>
    'error' in outcome && concernsAll(outcome.error) ? [outcome.error] : [],
  );
  return { ended, failure: failures[0] };
}

function toFinding(round: Round, kind: SyncKind<PutKind>, one: Make, outcome: ItemOutcome<XeroTwin> | undefined) {
  switch (outcome?.outcome) {
    case 'done': {
      const { element, notes } = one.plan;
      return toSynced(round, kind, one, { twin: outcome.made, element, notes, message: 'made' });
    }
    case 'refused':
    case 'not_sent':
      return toFailed(one, outcome.error);
    case 'undecided': {
      const question = nameQuestion(one.version, askSeveral(outcome.made));
      return { version: one.version.version, memory: one.memory, outcome: { type: 'question' as const, question } };
    }
    default:
      return toUnknown(one);
  }
}

/**
 * A write's key names organisation, kind, record and version. A record that is made again, because a person asked after
 * it was deleted in Xero, has another key.
 */
function toItem({ acting, contacts }: Round, kind: SyncKind<PutKind>, { version, memory, row, plan }: Make): ManyItem {
  const { organisationId } = acting.caller;
  const mark = toRecordMark(kind, acting.caller, { version, memory });
  // A contact that is still to be made has no id. Nothing is ever sent with the one that stands for it.
  if (formatExactJson(plan.element).includes(pendingId)) throw new Error('a contact was not made');
  const writeKey = `sync:${hashParts([organisationId, version.kind, version.crmId, version.version, memory.gone])}`;
  const details: WriteDetails = {
    since: contacts.asOf() ?? acting.deps.clock.now().toISOString(),
    clientId: acting.deps.config.xero.clientId,
    keys: plan.keys.map(({ by, value }) => ({ by, value })),
    title: row.title ?? version.crmId,
    ...(plan.within !== undefined && { within: plan.within }),
    ...(mark !== undefined && { mark }),
  };
  return {
    writeKey,
    kind: toWriteKind(kind),
    record: { type: syncKindTable[kind.kind].type, id: version.crmId },
    bodyHash: hashParts([formatExactJson(plan.element)]),
    prepare: () => ({
      request: formatExactJson(putMark(kind, plan.element, mark)),
      details: JSON.stringify(details),
    }),
  };
}
