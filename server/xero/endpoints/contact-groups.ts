import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toJsonBody } from './bodies.ts';

/** All groups, without their members. */
export function getContactGroups(): Question {
  return buildQuestion({
    name: 'GET /ContactGroups',
    send: (api, tenantId) => api.getContactGroups(tenantId),
  });
}

/** `json` is `{"ContactGroups":[…]}`. */
export function putContactGroups({ json, idempotencyKey }: StoredWrite): Question {
  return buildQuestion({
    name: 'PUT /ContactGroups',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.createContactGroup(tenantId, {}, idempotencyKey),
  });
}

/** Adds members: `json` is `{"Contacts":[…]}`, each with its ContactID. */
export function putGroupMembers({ groupId, json, idempotencyKey }: StoredWrite & { groupId: string }): Question {
  return buildQuestion({
    name: 'PUT /ContactGroups/{id}/Contacts',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.createContactGroupContacts(tenantId, groupId, {}, idempotencyKey),
  });
}

/** Removes one member. Answers 204. Takes no idempotency key. */
export function deleteGroupMember({ groupId, contactId }: { groupId: string; contactId: string }): Question {
  return buildQuestion({
    name: 'DELETE /ContactGroups/{id}/Contacts/{id}',
    isWrite: true,
    send: (api, tenantId) => api.deleteContactGroupContact(tenantId, groupId, contactId),
  });
}
