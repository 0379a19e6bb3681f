import { randomUUID } from 'node:crypto';
import type { LinkRow, NewConnection, SessionRow, WriteRow, WriteStepRow } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';

/** An instant on the day of the tests, `minutes` after noon UTC. */
export const at = (minutes: number): string => new Date(Date.UTC(2026, 2, 14, 12, minutes)).toISOString();

export const newConnectionRow = (change: Partial<NewConnection> = {}): NewConnection => ({
  workspaceId: randomUUID(),
  organisationId: randomUUID(),
  organisation: null,
  xeroConnectionId: randomUUID(),
  sealedTokens: 'sealed: first',
  accessExpiresAt: at(30),
  connectedAt: at(0),
  connectedBy: 'Ada Admin',
  ...change,
});

export const newLink = (change: Partial<LinkRow> = {}): LinkRow => ({
  workspaceId: randomUUID(),
  organisationId: randomUUID(),
  record: { type: 'contact', id: '1001' },
  contactId: randomUUID(),
  contactName: 'Harbour Lights Pty Ltd',
  isArchived: false,
  linkedBy: 'Sam Seller',
  linkedAt: at(0),
  ...change,
});

export const newSession = (change: Partial<SessionRow> = {}): SessionRow => ({
  tokenHash: randomUUID(),
  workspaceId: randomUUID(),
  userId: 'u-1',
  snapshot: JSON.stringify({ name: 'Zoë "O\'Neil" 東京 🏦', note: "'; drop table sessions; --" }),
  keyGeneration: 'g-1',
  createdAt: at(0),
  expiresAt: at(15),
  ...change,
});

export const newWrite = (change: Partial<WriteRow> = {}): WriteRow => ({
  id: randomUUID(),
  workspaceId: randomUUID(),
  organisationId: randomUUID(),
  writeKey: randomUUID(),
  attempt: 1,
  kind: 'invoice',
  record: { type: 'deal', id: 'd-7' },
  userId: 'u-1',
  bodyHash: 'hash',
  request: '{"Invoices":[]}',
  state: 'pending',
  result: null,
  details: '{}',
  documentId: null,
  createdAt: at(0),
  sentAt: null,
  settledAt: null,
  ...change,
});

export const newStep = (writeId: string, change: Partial<WriteStepRow> = {}): WriteStepRow => ({
  id: randomUUID(),
  writeId,
  name: 'history',
  state: 'pending',
  request: '{"HistoryRecords":[]}',
  createdAt: at(0),
  sentAt: null,
  settledAt: null,
  ...change,
});

export const newAudit = (change: Partial<AuditRow> = {}): AuditRow => ({
  id: randomUUID(),
  workspaceId: randomUUID(),
  organisationId: randomUUID(),
  at: at(0),
  userId: 'u-1',
  userName: 'Sam Seller',
  action: 'link',
  record: { type: 'contact', id: '1001' },
  contactId: randomUUID(),
  documentId: null,
  documentKind: null,
  outcome: 'done',
  requestId: 'req-1',
  details: '{}',
  ...change,
});
