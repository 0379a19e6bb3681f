import type { RecordKey } from '#shared/contract/record.ts';

export type AuditRow = {
  id: string;
  workspaceId: string;
  organisationId: string | null;
  /** An instant. */
  at: string;
  userId: string;
  userName: string;
  action: string;
  record: RecordKey | null;
  contactId: string | null;
  documentId: string | null;
  documentKind: string | null;
  outcome: string;
  /** Empty for what no request asked for. */
  requestId: string;
  /** Names as they were, and what changed, as JSON; parsed by who uses it. */
  details: string;
};

export type AuditPage = { limit: number; before?: string; userId?: string; action?: string };

export type AuditStore = {
  /** There is no way to change or remove a row. */
  append(row: AuditRow): Promise<void>;
  /** Newest first; `before` is the id of the last row seen. */
  list(workspaceId: string, page: AuditPage): Promise<AuditRow[]>;
  /** Everybody who stands in it, under the name of their latest row. */
  listUsers(workspaceId: string): Promise<{ id: string; name: string }[]>;
};
