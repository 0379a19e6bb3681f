import type { Instant, Lease } from '../../store.ts';

/** Where the CRM is told that there are changes, and how the last delivery went. One for each workspace. */
export type WebhookRow = {
  workspaceId: string;
  url: string;
  enabled: boolean;
  sealedSecret: string;
  sealedOldSecret: string | null;
  oldSecretUntil: Instant | null;
  lastDeliveryAt: Instant | null;
  lastDeliveryStatus: number | null;
  failingSince: Instant | null;
  /** Of the message that is being delivered; stays the same while it is repeated. */
  messageId: string | null;
  /** The newest change that the CRM was told of. */
  cursor: number;
  tries: number;
  /** Not before this instant; null: at once. */
  nextTryAt: Instant | null;
};

/** What an admin chooses. */
export type WebhookSettings = Pick<
  WebhookRow,
  'workspaceId' | 'url' | 'enabled' | 'sealedSecret' | 'sealedOldSecret' | 'oldSecretUntil'
>;

export type WebhookDelivery = Partial<Omit<WebhookRow, keyof WebhookSettings>>;

export type WebhookStore = {
  find(workspaceId: string): Promise<WebhookRow | undefined>;
  /** Replaces the whole row. A lease stays. */
  put(row: WebhookRow): Promise<void>;
  /** Changes what an admin chooses and leaves the deliveries alone. False when there is no webhook. */
  updateSettings(settings: WebhookSettings): Promise<boolean>;
  remove(workspaceId: string): Promise<void>;
  /** Enabled ones whose CRM was not told of the newest change and that may be tried now, the longest due first. */
  listDue(now: Instant, limit: number): Promise<WebhookRow[]>;
  /** Takes the lease and returns the row. Undefined when another owner has it, or there is no webhook. */
  takeLease(workspaceId: string, lease: Lease): Promise<WebhookRow | undefined>;
  /** Stores how a delivery went and ends the lease. False when the lease was lost; then nothing is stored. */
  noteDelivery(workspaceId: string, owner: string, delivery: WebhookDelivery): Promise<boolean>;
};
