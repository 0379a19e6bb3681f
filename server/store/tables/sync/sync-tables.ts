/** The tables of sync beside the records. Columns follow the rules of the schema. */
export type SyncTables = {
  sync_rules: SettingsTable;
  sync_mapping: SettingsTable;
  sync_mapping_keys: {
    workspace_id: string;
    organisation_id: string;
    mapping: string;
    /** In lower case, so that spellings of one word are one key. */
    folded_key: string;
    key: string;
  };
  runs: RunTable;
  run_rows: RunRowTable;
  changes: ChangeTable;
  /** How many records entered a state on a day. */
  sync_days: {
    workspace_id: string;
    organisation_id: string;
    day: string;
    kind: string;
    state: string;
    count: number;
  };
  webhooks: WebhookTable;
  sync_readers: ReaderTable;
  restores: {
    at: string;
    /** The newest instant that the copy knows. */
    missing_since: string;
    /** Changes of the feed are numbered above it. */
    change_floor: number;
  };
};

export type SettingsTable = { workspace_id: string; organisation_id: string; value: string };

export type RunTable = {
  id: string;
  workspace_id: string;
  organisation_id: string;
  type: string;
  /** 0 or 1. */
  dry_run: number;
  kind: string | null;
  status: string;
  started_at: string;
  ended_at: string | null;
  started_by: string;
  request: string;
  counts: string;
  calls: number;
  error: string | null;
};

export type RunRowTable = {
  run_id: string;
  kind: string;
  record_key: string;
  crm_id: string | null;
  xero_id: string | null;
  outcome: string;
  /** 0 or 1. */
  done: number;
  details: string;
};

export type ChangeTable = {
  workspace_id: string;
  id: number;
  organisation_id: string;
  type: string;
  kind: string | null;
  crm_id: string | null;
  xero_id: string | null;
  at: string;
  data: string;
  accepted_kind: string | null;
  accepted_crm_id: string | null;
};

export type WebhookTable = {
  workspace_id: string;
  url: string;
  /** 0 or 1. */
  enabled: number;
  sealed_secret: string;
  sealed_old_secret: string | null;
  old_secret_until: string | null;
  last_delivery_at: string | null;
  last_delivery_status: number | null;
  failing_since: string | null;
  message_id: string | null;
  cursor: number;
  tries: number;
  next_try_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
};

export type ReaderTable = {
  workspace_id: string;
  organisation_id: string;
  resource: string;
  cursor_at: string | null;
  since: string | null;
  read_at: string | null;
  next_at: string | null;
  tries: number;
  set_aside: number;
  lease_owner: string | null;
  lease_until: string | null;
};
