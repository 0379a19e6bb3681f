import { z } from 'zod';
import { idSchema } from '#server/xero/answers/fields.ts';
import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import { readList } from '#server/xero/answers/read-list.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import * as endpoints from '#server/xero/endpoints/contact-groups.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Asking, Reading } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import { askForRecords } from './call-errors.ts';
import type { XeroContactGroup } from './records.ts';

const groupSchema = z
  .object({ ContactGroupID: idSchema, Name: z.string(), Status: z.string() })
  .transform(({ ContactGroupID: id, Name: name, Status: status }): XeroContactGroup => ({ id, name, status }));

function readGroups(answer: XeroAnswer) {
  return readRows(readList(answer, 'ContactGroups', 'ContactGroupID').rows, groupSchema);
}

export async function listContactGroups(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
): Promise<XeroContactGroup[]> {
  const { rows, faults } = readGroups(await ask(caller, endpoints.getContactGroups()));
  noteSetAside('contact_groups', faults);
  return rows;
}

type NewGroup = { name: string; idempotencyKey: string };

export async function createContactGroup(
  asking: Asking,
  caller: XeroCaller,
  { name, idempotencyKey }: NewGroup,
): Promise<XeroContactGroup> {
  const json = JSON.stringify({ ContactGroups: [{ Name: name }] });
  const answer = await askForRecords(asking, caller, endpoints.putContactGroups({ json, idempotencyKey }), 1);
  const { rows, faults } = readGroups(answer);
  const [made, ...others] = rows;
  if (!made || others.length > 0 || faults.length > 0) throw invalidAnswer('not exactly one contact group');
  return made;
}

type Members = { groupId: string; contactIds: readonly string[]; idempotencyKey: string };

export async function addToContactGroup(
  asking: Asking,
  caller: XeroCaller,
  { groupId, contactIds, idempotencyKey }: Members,
): Promise<void> {
  const json = JSON.stringify({ Contacts: contactIds.map((ContactID) => ({ ContactID })) });
  const question = endpoints.putGroupMembers({ groupId, json, idempotencyKey });
  await askForRecords(asking, caller, question, contactIds.length);
}

export async function removeFromContactGroup(
  { ask }: Asking,
  caller: XeroCaller,
  member: { groupId: string; contactId: string },
): Promise<void> {
  try {
    await ask(caller, endpoints.deleteGroupMember(member));
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'xero_not_found')) throw error;
  }
}
