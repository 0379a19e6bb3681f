import type { Generated } from 'kysely';
import type { SyncTables } from './tables/sync/sync-tables.ts';

/**
 * The tables in the database. Columns are text and integers only, JSON is text, and instants are ISO text in UTC, so
 * that SQLite and Postgres behave the same.
 */
export type Schema = {
  workspaces: { id: string; name: string; origins: string; sealed_keys: string };
  connections: ConnectionTable;
  sessions: {
    token_hash: string;
    workspace_id: string;
    user_id: string;
    snapshot: string;
    key_generation: string;
    created_at: string;
    expires_at: string;
  };
  one_time: { kind: string; key: string; data: string | null; expires_at: string };
  links: {
    workspace_id: string;
    organisation_id: string;
    record_type: string;
    record_id: string;
    contact_id: string;
    contact_name: string;
    /** 0 or 1. */
    contact_is_archived: number;
    linked_by: string;
    linked_at: string;
  };
  deal_documents: {
    workspace_id: string;
    organisation_id: string;
    deal_id: string;
    kind: string;
    document_id: string;
    chosen_by: string;
    chosen_at: string;
  };
  access: {
    workspace_id: string;
    user_id: string;
    /** Keeps the order in which the list was saved. */
    position: number;
    name: string;
    email: string;
    rights: string;
  };
  /** One row per workspace with a saved list. The row is locked while the list is saved. */
  access_lists: { workspace_id: string; version: number };
  defaults: { workspace_id: string; organisation_id: string; value: string };
  writes: WriteTable;
  write_claims: { organisation_id: string; claim: string; write_id: string };
  write_steps: WriteStepTable;
  audit: AuditTable;
  /** One row for each workspace with records. It is locked while one of them changes. */
  record_workspaces: RecordWorkspaceTable;
  record_data: RecordDataTable;
  records: RecordTable;
  record_history: RecordHistoryTable;
} & SyncTables;

export type RecordDataTable = {
  workspace_id: string;
  kind: string;
  crm_id: string;
  wanted: string;
  version: number;
  data: string | null;
  data_hash: string;
  receipt: string | null;
};

export type RecordTable = {
  workspace_id: string;
  organisation_id: string;
  kind: string;
  record_key: string;
  crm_id: string | null;
  xero_id: string | null;
  origin: string;
  wanted: string;
  wanted_version: number | null;
  sent_version: number | null;
  state: string;
  code: string | null;
  state_since: string;
  next_try_at: string | null;
  tries: number;
  title: string | null;
  date: string | null;
  amount: string | null;
  currency: string | null;
  searched: string;
  details: string;
  memory: string;
  blocked_on: string | null;
  run_id: string | null;
  lease_owner: Generated<string | null>;
  lease_until: Generated<string | null>;
};

export type RecordWorkspaceTable = {
  workspace_id: string;
  /** The number of the newest change of the workspace, also when it was removed. */
  last_change: Generated<number>;
  /** The number of the newest change that was removed for its age. */
  removed_change: Generated<number>;
};

export type RecordHistoryTable = {
  id: Generated<number>;
  workspace_id: string;
  organisation_id: string;
  kind: string;
  record_key: string;
  details: string;
};

export type ConnectionTable = {
  workspace_id: string;
  status: string;
  reason: string | null;
  organisation_id: string | null;
  organisation: string | null;
  xero_connection_id: string | null;
  sealed_tokens: string | null;
  access_expires_at: string | null;
  version: number;
  lease_owner: string | null;
  lease_until: string | null;
  connected_at: string | null;
  connected_by: string | null;
  last_attempt: string | null;
  next_look_at: string | null;
};

export type WriteTable = {
  id: string;
  workspace_id: string;
  organisation_id: string;
  form_key: string;
  attempt: number;
  kind: string;
  record_type: string;
  record_id: string;
  user_id: string;
  body_hash: string;
  request: string;
  state: string;
  result: string | null;
  created_at: string;
  sent_at: string | null;
  sent_in: string | null;
  settled_at: string | null;
  details: string;
  document_id: string | null;
  lease_owner: string | null;
  lease_until: string | null;
};

export type WriteStepTable = {
  id: string;
  write_id: string;
  name: string;
  state: string;
  request: string;
  created_at: string;
  sent_at: string | null;
  settled_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
};

export type AuditTable = {
  id: string;
  workspace_id: string;
  organisation_id: string | null;
  at: string;
  user_id: string;
  user_name: string;
  action: string;
  record_type: string | null;
  record_id: string | null;
  contact_id: string | null;
  document_id: string | null;
  document_kind: string | null;
  outcome: string;
  request_id: string;
  details: string;
};
