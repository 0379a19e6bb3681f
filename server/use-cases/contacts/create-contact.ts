import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { WriteRow } from '#server/store/store.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { getLinkableRecord, type Person, requireRight } from '#server/use-cases/acting/principal.ts';
import { hashParts, type WriteHandler } from '#server/use-cases/writes/write-handler.ts';
import { type WritePlan, writeOnce } from '#server/use-cases/writes/write-once.ts';
import type { NewXeroContact, XeroContactRow } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { NewContact } from '#shared/contract/contact.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import { storeLink } from './link-contact.ts';
import { resolveEarlier } from './resolve-earlier.ts';
import { forgetSearches, toXeroContact } from './search-contacts.ts';

/**
 * Creates a contact in Xero once and links the record to it. A retry after a lost answer finds the created contact by
 * its ContactNumber. If the name is taken, or an earlier attempt with other details made a contact, rejects with
 * `contact_exists` and that contact.
 */
export async function createContact(deps: Deps, person: Person, form: NewContact): Promise<XeroContact> {
  requireRight(person, 'link');
  const record = getLinkableRecord(person, form.record);
  const acting = await startActing(deps, person);
  const row = await createOnce(acting, record, form);
  const { connection } = acting;
  await forgetSearches(deps, connection.organisationId);
  await storeLink(acting, { record, contact: row });
  return toXeroContact(deps, connection, row);
}

async function createOnce(acting: PersonActing, record: RecordRef, form: NewContact): Promise<XeroContactRow> {
  const plan = toPlan(acting, record, form);
  const earlier = await resolveEarlier(acting, plan.handler, plan);
  if (earlier) throw toExists(acting, earlier);
  try {
    return (await writeOnce(acting, plan)).made;
  } catch (error) {
    const isTaken = error instanceof AppError && error.details.extension?.nameTaken === true;
    throw isTaken ? await toContactExists(acting, form.name, error) : error;
  }
}

/** The same details for the same record are the same intent. */
function toPlan(acting: PersonActing, record: RecordRef, form: NewContact): WritePlan<XeroContactRow> {
  const { record: _, ...details } = form;
  const writeKey = `contact:${hashParts([record.type, record.id, JSON.stringify(details)])}`;
  const handler = buildHandler(acting);
  return {
    writeKey,
    kind: 'contact',
    record: { type: record.type, id: record.id },
    bodyHash: hashParts([writeKey]),
    handler,
    prepare: async ({ attempt }) => {
      const { name, firstName, lastName, email, phone, address } = details;
      const contactNumber = `ls-${hashParts([acting.caller.workspaceId, writeKey, String(attempt)]).slice(0, 40)}`;
      const request = JSON.stringify({ name, firstName, lastName, email, phone, address, contactNumber });
      return { request, details: '{}' };
    },
    // If the contact was archived or deleted since, the same details create a new one.
    replay: async (write) => {
      const { made, isWhole } = await handler.find(write);
      if (made[0] === undefined && !isWhole) throw new AppError('outcome_unknown');
      return made[0];
    },
  };
}

const requestSchema = z.looseObject({ name: z.string(), contactNumber: z.string() });

function buildHandler({ deps, caller }: PersonActing): WriteHandler<XeroContactRow> {
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

/** Finds the contact that has the name, so that the person can link it instead. */
async function toContactExists({ deps, connection, caller }: PersonActing, name: string, cause: unknown) {
  const rows = await deps.xero.searchContacts(caller, name);
  const row = rows.find((found) => found.name.trim().toLowerCase() === name.trim().toLowerCase());
  return toExists({ deps, connection }, row, cause);
}

function toExists(
  { deps, connection }: Pick<PersonActing, 'deps' | 'connection'>,
  row: XeroContactRow | undefined,
  cause?: unknown,
): AppError {
  const contact = row ? toXeroContact(deps, connection, row) : null;
  return new AppError('contact_exists', { cause, extension: { contact } });
}
