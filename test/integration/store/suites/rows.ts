import { randomUUID } from 'node:crypto';
import type { LinkRow, NewConnection, SessionRow, WriteRow, WriteStepRow } from '#server/store/store.ts';
import type { AuditRow } from '#server/store/tables/audit-store.ts';
import type { RecordDataRow, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { WebhookRow } from '#server/store/tables/sync/webhook-store.ts';

/** An instant on the day of the tests, `minutes` after noon UTC. */
export function at(minutes: number): string {
  return new Date(Date.UTC(2026, 2, 14, 12, minutes)).toISOString();
}

export function newConnectionRow(change: Partial<NewConnection> = {}): NewConnection {
  return {
    workspaceId: randomUUID(),
    organisationId: randomUUID(),
    organisation: null,
    xeroConnectionId: randomUUID(),
    sealedTokens: 'sealed: first',
    accessExpiresAt: at(30),
    connectedAt: at(0),
    connectedBy: 'Ada Admin',
    ...change,
  };
}

export function newLink(change: Partial<LinkRow> = {}): LinkRow {
  return {
    workspaceId: randomUUID(),
    organisationId: randomUUID(),
    record: { type: 'contact', id: '1001' },
    contactId: randomUUID(),
    contactName: 'Harbour Lights Pty Ltd',
    isArchived: false,
    linkedBy: 'Sam Seller',
    linkedAt: at(0),
    ...change,
  };
}

export function newSession(change: Partial<SessionRow> = {}): SessionRow {
  return {
    tokenHash: randomUUID(),
    workspaceId: randomUUID(),
    userId: 'u-1',
    snapshot: JSON.stringify({ name: 'Zoë "O\'Neil" 東京 🏦', note: "'; drop table sessions; --" }),
    keyGeneration: 'g-1',
    createdAt: at(0),
    expiresAt: at(15),
    ...change,
  };
}

export function newWrite(change: Partial<WriteRow> = {}): WriteRow {
  return {
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
    closedAt: null,
    ...change,
  };
}

export function newStep(writeId: string, change: Partial<WriteStepRow> = {}): WriteStepRow {
  return {
    id: randomUUID(),
    writeId,
    name: 'history',
    state: 'pending',
    request: '{"HistoryRecords":[]}',
    createdAt: at(0),
    sentAt: null,
    closedAt: null,
    ...change,
  };
}

export function newAudit(change: Partial<AuditRow> = {}): AuditRow {
  return {
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
  };
}

export function newRecordData(change: Partial<RecordDataRow> = {}): RecordDataRow {
  return {
    workspaceId: randomUUID(),
    kind: 'expenses',
    crmId: 'exp-42',
    wanted: 'present',
    version: 3,
    data: '{"amount":"86.40"}',
    dataHash: 'hash',
    receipt: null,
    ...change,
  };
}

export function newRecord(change: Partial<RecordRow> = {}): RecordRow {
  return {
    workspaceId: randomUUID(),
    organisationId: randomUUID(),
    kind: 'expenses',
    key: 'exp-42',
    crmId: 'exp-42',
    xeroId: null,
    origin: 'crm',
    wanted: 'present',
    wantedVersion: 3,
    sentVersion: null,
    state: 'waiting',
    code: 'queued',
    stateSince: at(0),
    nextTryAt: at(1),
    tries: 0,
    title: 'Fuel',
    date: '2026-11-28',
    amount: '86.40',
    currency: 'AUD',
    searched: 'fuel exp-42',
    details: '{}',
    memory: '{}',
    blockedOn: null,
    runId: null,
    ...change,
  };
}

export function newWebhook(change: Partial<WebhookRow> = {}): WebhookRow {
  return {
    workspaceId: randomUUID(),
    url: 'https://crm.example/hooks',
    enabled: true,
    sealedSecret: 'sealed: first',
    sealedOldSecret: null,
    oldSecretUntil: null,
    lastDeliveryAt: null,
    lastDeliveryStatus: null,
    failingSince: null,
    messageId: null,
    cursor: 0,
    tries: 0,
    nextTryAt: null,
    ...change,
  };
}
