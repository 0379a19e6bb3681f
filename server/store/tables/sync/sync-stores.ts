import type { ChangeStore } from './change-store.ts';
import type { ReaderStore } from './reader-store.ts';
import type { RunStore } from './run-store.ts';
import type { SyncMappingStore, SyncSettingStore } from './settings-store.ts';
import type { WebhookStore } from './webhook-store.ts';

/** What sync keeps beside the records. */
export type SyncStores = {
  syncRules: SyncSettingStore;
  syncMapping: SyncMappingStore;
  runs: RunStore;
  changes: ChangeStore;
  webhooks: WebhookStore;
  readers: ReaderStore;
};
