import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import type { NewContact } from '#shared/contract/contact.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import type { Deps } from '../deps.ts';
import type { WriteRow } from '../store/store.ts';
import type { NewXeroContact, XeroCaller, XeroContactRow } from '../xero/gateway.ts';
import { type Actor, getLinkableRecord, requireRight } from './actor.ts';
import { appendAudit } from './audit.ts';
import { getView } from './get-view.ts';
import { storeLink } from './link-contact.ts';
import { type Connected, getConnected } from './organisation.ts';
import { toXeroContact } from './search-contacts.ts';

type Creating = { deps: Deps; actor: Actor; connection: Connected; caller: XeroCaller; record: RecordRef };

/**
 * Creates a contact in Xero once and links the record to it. The intent is stored before Xero is called; a retry after
 * a lost answer finds what was created by its ContactNumber. A name that is taken answers `contact_exists` with the
 * contact that has it.
 */
export async function createContact(
  deps: Deps,
  actor: Actor,
  form: NewContact,
): Promise<{ contact: XeroContact; view: View }> {
  requireRight(actor, 'link');
  const record = getLinkableRecord(actor, form.record);
  const connection = await getConnected(deps, actor.session.workspaceId);
  const { workspaceId, organisationId } = connection;
  const creating = {
    deps,
    actor,
    connection,
    record,
    caller: { workspaceId, organisationId, priority: 'person' as const },
  };
  const row = await createOnce(creating, form);
  await storeLink(deps, actor, connection, { record, contact: row });
  return { contact: toXeroContact(deps, connection, row), view: await getView(deps, actor, { isFresh: false }) };
}

async function createOnce(creating: Creating, form: NewContact): Promise<XeroContactRow> {
  const { deps, caller } = creating;
  const formKey = toFormKey(creating.record, form);
  const latest = await deps.store.writes.findLatest(caller.workspaceId, caller.organisationId, formKey);
  const earlier = latest && (await findCreated(creating, latest));
  if (earlier) {
    if (latest.state === 'pending') await settle(creating, latest, 'done', { contactId: earlier.id });
    return earlier;
  }
  const write = latest?.state === 'pending' ? latest : await begin(creating, { form, formKey, latest });
  return send(creating, write);
}

/** The same details for the same record are the same intent. */
function toFormKey(record: RecordRef, { record: _, ...details }: NewContact): string {
  return `contact:${hash([record.type, record.id, JSON.stringify(details)])}`;
}

/** What an earlier attempt left in Xero, if it is there and usable. */
async function findCreated({ deps, caller }: Creating, write: WriteRow): Promise<XeroContactRow | undefined> {
  const { contactNumber } = requestSchema.parse(JSON.parse(write.request));
  const rows = await deps.xero.searchContacts(caller, contactNumber);
  return rows.find((row) => row.contactNumber === contactNumber && !row.isArchived);
}

const requestSchema = z.looseObject({ name: z.string(), contactNumber: z.string() });

async function begin(
  { deps, actor, caller, record }: Creating,
  { form, formKey, latest }: { form: NewContact; formKey: string; latest: WriteRow | undefined },
): Promise<WriteRow> {
  const { name, firstName, lastName, email, phone, address } = form;
  const attempt = (latest?.attempt ?? 0) + 1;
  const contactNumber = `ls-${hash([caller.workspaceId, formKey, String(attempt)]).slice(0, 40)}`;
  const request = JSON.stringify({ name, firstName, lastName, email, phone, address, contactNumber });
  const { write } = await deps.store.writes.begin({
    id: randomUUID(),
    workspaceId: caller.workspaceId,
    organisationId: caller.organisationId,
    formKey,
    attempt,
    kind: 'contact',
    record: { type: record.type, id: record.id },
    userId: actor.session.user.id,
    bodyHash: hash([request]),
    request,
    state: 'pending',
    result: null,
    details: '{}',
    documentId: null,
    createdAt: deps.clock.now().toISOString(),
    sentAt: null,
    settledAt: null,
  });
  return write;
}

async function send(creating: Creating, write: WriteRow): Promise<XeroContactRow> {
  const { deps, caller } = creating;
  const body = requestSchema.parse(JSON.parse(write.request)) as NewXeroContact;
  await deps.store.writes.markSent(write.id, deps.clock.now().toISOString());
  try {
    const key = hash([write.organisationId, write.workspaceId, write.formKey, String(write.attempt)]);
    const row = await deps.xero.createContact(caller, body, key);
    await settle(creating, write, 'done', { contactId: row.id });
    return row;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (isDefinite(error)) await settle(creating, write, 'refused', { code: error.code });
    if (error.details.extension?.nameTaken === true) throw await toContactExists(creating, body.name, error);
    throw error;
  }
}

/** Only an answer proves that nothing was created; after a lost one the attempt stays open and is looked up first. */
function isDefinite({ code }: AppError): boolean {
  return !['xero_timeout', 'xero_unreachable', 'xero_invalid_answer', 'internal'].includes(code);
}

async function settle(
  { deps, actor, caller, record }: Creating,
  write: WriteRow,
  state: 'done' | 'refused',
  result: { contactId?: string; code?: string },
): Promise<void> {
  const { workspaceId, organisationId } = caller;
  await deps.store.writes.settle(write.id, {
    state,
    result: JSON.stringify(result),
    at: deps.clock.now().toISOString(),
  });
  const act = { workspaceId, organisationId, user: actor.session.user, requestId: actor.requestId, record };
  await appendAudit(deps, {
    ...act,
    action: 'create_contact',
    outcome: result.code ?? 'created',
    ...(result.contactId !== undefined && { contactId: result.contactId }),
  });
}

/** Names the contact that has the name, so that the person can link it instead. */
async function toContactExists({ deps, connection, caller }: Creating, name: string, cause: AppError) {
  const rows = await deps.xero.searchContacts(caller, name);
  const row = rows.find((found) => found.name.trim().toLowerCase() === name.trim().toLowerCase());
  return new AppError('contact_exists', {
    cause,
    extension: { contact: row ? toXeroContact(deps, connection, row) : null },
  });
}

function hash(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
