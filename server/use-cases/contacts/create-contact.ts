import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { WriteRow } from '#server/store/store.ts';
import { type Actor, getLinkableRecord, requireRight } from '#server/use-cases/acting/actor.ts';
import { getView } from '#server/use-cases/view/get-view.ts';
import { hashParts, type WriteHandler } from '#server/use-cases/writes/write-handler.ts';
import { type WritePlan, writeOnce } from '#server/use-cases/writes/write-once.ts';
import { startWriting, type Writing } from '#server/use-cases/writes/writing.ts';
import type { NewXeroContact, XeroContactRow } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { NewContact } from '#shared/contract/contact.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import { storeLink } from './link-contact.ts';
import { forgetSearches, toXeroContact } from './search-contacts.ts';

/**
 * Creates a contact in Xero once and links the record to it. A retry after a lost answer finds what was created by its
 * ContactNumber. A name that is taken answers `contact_exists` with the contact that has it.
 */
export async function createContact(
  deps: Deps,
  actor: Actor,
  form: NewContact,
): Promise<{ contact: XeroContact; view: View }> {
  requireRight(actor, 'link');
  const record = getLinkableRecord(actor, form.record);
  const writing = await startWriting(deps, actor);
  const row = await createOnce(writing, record, form);
  const { connection } = writing;
  await forgetSearches(deps, connection.organisationId);
  await storeLink(deps, actor, connection, { record, contact: row });
  return { contact: toXeroContact(deps, connection, row), view: await getView(deps, actor, { isFresh: false }) };
}

async function createOnce(writing: Writing, record: RecordRef, form: NewContact): Promise<XeroContactRow> {
  try {
    return (await writeOnce(writing, toPlan(writing, record, form))).made;
  } catch (error) {
    const isTaken = error instanceof AppError && error.details.extension?.nameTaken === true;
    throw isTaken ? await toContactExists(writing, form.name, error) : error;
  }
}

/** The same details for the same record are the same intent. */
function toPlan(writing: Writing, record: RecordRef, form: NewContact): WritePlan<XeroContactRow> {
  const { record: _, ...details } = form;
  const formKey = `contact:${hashParts([record.type, record.id, JSON.stringify(details)])}`;
  const handler = buildHandler(writing);
  return {
    formKey,
    kind: 'contact',
    record: { type: record.type, id: record.id },
    bodyHash: hashParts([formKey]),
    handler,
    prepare: async ({ attempt }) => {
      const { name, firstName, lastName, email, phone, address } = details;
      const contactNumber = `ls-${hashParts([writing.caller.workspaceId, formKey, String(attempt)]).slice(0, 40)}`;
      const request = JSON.stringify({ name, firstName, lastName, email, phone, address, contactNumber });
      return { request, details: '{}' };
    },
    // Archived since, or deleted: then the same details make a new one.
    replay: async (write) => {
      const { made, isWhole } = await handler.find(write);
      if (made[0] === undefined && !isWhole) throw new AppError('outcome_unknown');
      return made[0];
    },
  };
}

const requestSchema = z.looseObject({ name: z.string(), contactNumber: z.string() });

function buildHandler({ deps, caller }: Writing): WriteHandler<XeroContactRow> {
  const parseRequest = ({ request }: WriteRow) => requestSchema.parse(JSON.parse(request));
  return {
    action: 'create_contact',
    about: (write) => ({ contactName: parseRequest(write).name }),
    send: (write, { caller: sender, idempotencyKey }) =>
      deps.xero.createContact(sender, parseRequest(write) as NewXeroContact, idempotencyKey),
    find: async (write) => {
      const { contactNumber } = parseRequest(write);
      const { contacts, isWhole } = await deps.xero.findContactsByNumber(caller, contactNumber);
      return { made: contacts, isWhole, isCertain: true };
    },
    toEnd: (_write, row) => ({
      result: JSON.stringify({ contactId: row.id, contact: row }),
      about: { contactId: row.id, contactName: row.name },
    }),
    parse: (result) => storedSchema.parse(JSON.parse(result)).contact,
  };
}

const optional = z.string().nullable();
const storedSchema = z.object({
  contact: z.object({
    id: z.string(),
    name: z.string(),
    firstName: optional,
    lastName: optional,
    email: optional,
    accountNumber: optional,
    contactNumber: optional,
    isArchived: z.boolean(),
    mergedToContactId: optional,
  }),
});

/** Names the contact that has the name, so that the person can link it instead. */
async function toContactExists({ deps, connection, caller }: Writing, name: string, cause: unknown) {
  const rows = await deps.xero.searchContacts(caller, name);
  const row = rows.find((found) => found.name.trim().toLowerCase() === name.trim().toLowerCase());
  return new AppError('contact_exists', {
    cause,
    extension: { contact: row ? toXeroContact(deps, connection, row) : null },
  });
}
