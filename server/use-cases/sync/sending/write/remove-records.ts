import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import { AppError } from '#shared/app-error.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { SyncKind } from '../../kinds/kind.ts';
import { readText } from '../../kinds/read-row.ts';
import { type Finding, toDocumentHold } from '../outcome.ts';
import type { Round } from '../round.ts';
import { concernsAll, toFailed, toSynced } from '../to-finding.ts';
import type { Ended, PlannedAs } from './carry-out.ts';
import { type Change, updateAll } from './change-records.ts';
import { leaveGroup } from './groups.ts';

type Remove = PlannedAs<'remove'>;
type Sent = { ended: Ended[]; failure: AppError | undefined };

/**
 * Removes records from Xero as their kind allows: archived, voided, deleted, or left where they are. Repeating it does no
 * harm.
 */
export async function removeRecords(round: Round, kind: SyncKind<PutKind>, planned: readonly Remove[]): Promise<Sent> {
  const updates = planned.flatMap((one): Change<Remove>[] => {
    const { removal, twin } = one.plan;
    return removal.how === 'update' ? [{ one, element: removal.element, twin }] : [];
  });
  const sent = await updateAll(round, kind, updates, (one, twin) =>
    toSynced(round, kind, one, { twin, element: null, message: 'removed' }),
  );
  for (const one of planned) {
    const { removal } = one.plan;
    if (removal.how === 'update') continue;
    if (sent.failure) {
      sent.ended.push({ planned: one, finding: toFailed(one, sent.failure) });
      continue;
    }
    const finding = await removeOne(round, kind, one, removal).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      if (concernsAll(error)) sent.failure = error;
      return toFailed(one, error);
    });
    sent.ended.push({ planned: one, finding });
  }
  return sent;
}

type Alone = Exclude<Remove['plan']['removal'], { how: 'update' }>;

async function removeOne(round: Round, kind: SyncKind<PutKind>, one: Remove, removal: Alone): Promise<Finding> {
  const { deps, caller } = round.acting;
  const { twin } = one.plan;
  switch (removal.how) {
    case 'delete_payment': {
      await deps.xero.deletePayment(caller, {
        id: twin.id,
        idempotencyKey: hashParts([caller.organisationId, 'delete', twin.id]),
      });
      await wakeDocument(round, twin);
      return toSynced(round, kind, one, { twin: { ...twin, status: 'DELETED' }, element: null, message: 'removed' });
    }
    case 'leave_group':
      await leaveGroup(round, { group: removal.group, contactId: twin.id });
      return toSynced(round, kind, one, { twin, element: null, message: 'removed' });
    case 'keep':
      return toSynced(round, kind, one, { twin, element: null, notes: [removal.note], message: 'kept' });
  }
}

/** A document that could not be changed or removed because of the payment is due at once. */
async function wakeDocument({ acting: { deps, caller } }: Round, twin: XeroTwin): Promise<void> {
  const id = readText(twin, 'Invoice', 'InvoiceID')?.toLowerCase();
  if (id !== undefined) await deps.store.records.wake(caller, [toDocumentHold(id)], deps.clock.now().toISOString());
}
