import type { AnyRecordKey } from '#shared/contract/record.ts';

export type AuditRow = {
  id: string;
  workspaceId: string;
  organisationId: string | null;
  /** An instant. */
  at: string;
  userId: string;
  userName: string;
  action: string;
  record: AnyRecordKey | null;
  contactId: string | null;
  documentId: string | null;
  documentKind: string | null;
  outcome: string;
  /** Empty when no request caused it. */
  requestId: string;
  /** Names at that time and what changed, as JSON; the caller parses it. */
  details: string;
};

export type AuditPage = { limit: number; before?: string; userId?: string; action?: string };

export type AuditStore = {
  /** Rows are never changed or removed. */
  append(row: AuditRow): Promise<void>;
  /** Newest first. `before` is the id of the last row that was read. */
  list(workspaceId: string, page: AuditPage): Promise<AuditRow[]>;
  /** Lists everybody in the audit, with the name from their latest row. */
  listUsers(workspaceId: string): Promise<{ id: string; name: string }[]>;
};
