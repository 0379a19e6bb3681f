/** The columns of the audit as a spreadsheet shows them, with their titles. */
export const auditColumns = [
  ['time', 'Time (UTC)'],
  ['person', 'Person'],
  ['personId', 'Person (ID)'],
  ['action', 'Action'],
  ['outcome', 'Outcome'],
  ['record', 'Record'],
  ['recordType', 'Record (type)'],
  ['recordId', 'Record (ID)'],
  ['contact', 'Xero contact'],
  ['contactId', 'Xero contact (ID)'],
  ['document', 'Document'],
  ['documentKind', 'Document (type)'],
  ['documentId', 'Document (ID)'],
  ['documentUrl', 'Document (link)'],
  ['file', 'File'],
  ['changes', 'Changes'],
  ['actionCode', 'Action (code)'],
  ['outcomeCode', 'Outcome (code)'],
  ['requestId', 'Request ID'],
] as const;

export type AuditColumn = (typeof auditColumns)[number][0];

/** `done`: the act did exactly what its name says. `none`: no value before or after a change. */
export const auditCsvWords = { done: 'Done', none: 'none' };

/** Details of refusals. The widget shows them beside the words of the error's code. */
export const routeRefusals = { noFile: 'The file is missing' };

/** What the OpenAPI document says of records. */
export const recordWords = {
  missingMembers:
    'Members may be missing. The record is still accepted. Its problem names the first missing member that Xero needs.',
};
