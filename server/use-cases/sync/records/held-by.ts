/**
 * What a filter names, as records keep it. A word of the CRM is the same in any case, a record's id is not:
 * `categories:client gifts`, `record:customers/C-1`.
 */
export function toBlockedOn(heldBy: string): string {
  return heldBy.startsWith('record:') ? heldBy : heldBy.toLowerCase();
}
