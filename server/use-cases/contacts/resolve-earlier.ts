import type { WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { endRefused, finishWrite } from '#server/use-cases/writes/end-write.ts';
import { type HeldWrite, underLease } from '#server/use-cases/writes/under-lease.ts';
import { toOutcomeUnknown, type WriteHandler } from '#server/use-cases/writes/write-handler.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKey } from '#shared/contract/record.ts';

/** For this long after the last sending, a request without an answer may still be on its way. */
const onItsWayMs = 60 * 1000;

type Contacts = WriteHandler<XeroContactRow>;

/**
 * Finds out whether an earlier Add Contact of this record, whose answer was lost, made a contact. A person who corrects
 * the name and saves again would otherwise get a second one. Returns the contact that was made. Undefined: there is
 * none, and the earlier attempts are closed. Rejects with outcome_unknown when that is not certain yet.
 */
export async function resolveEarlier(
  acting: PersonActing,
  handler: Contacts,
  { record, writeKey }: { record: RecordKey; writeKey: string },
): Promise<XeroContactRow | undefined> {
  const { workspaceId, organisationId } = acting.caller;
  const unfinished = await acting.deps.store.writes.listUnfinished(workspaceId, organisationId, [record]);
  for (const write of unfinished) {
    if (write.kind !== 'contact' || write.writeKey === writeKey) continue;
    const made = await resolveOne(acting, handler, write);
    if (made) return made;
  }
  return undefined;
}

async function resolveOne(
  acting: PersonActing,
  handler: Contacts,
  write: WriteRow,
): Promise<XeroContactRow | undefined> {
  const end = await underLease(acting, write.id, async (held) => ({ made: await findOrClose(acting, handler, held) }));
  if (end) return end.made;
  // Another request has it.
  throw toOutcomeUnknown(write);
}

async function findOrClose(
  acting: PersonActing,
  handler: Contacts,
  held: HeldWrite,
): Promise<XeroContactRow | undefined> {
  const { write } = held;
  if (write.sentAt !== null) {
    const { made, isWhole } = await handler.find(write);
    const [found] = made;
    if (found) return (await finishWrite(acting, handler, write, found)).made;
    if (!isWhole) throw toOutcomeUnknown(write);
    const leftMs = Date.parse(write.sentAt) + onItsWayMs - acting.deps.clock.now().getTime();
    if (leftMs > 0) throw new AppError('outcome_unknown', { retryAfterSeconds: Math.ceil(leftMs / 1000) });
  }
  await endRefused(acting, handler, held, { code: 'not_made' });
  return undefined;
}
