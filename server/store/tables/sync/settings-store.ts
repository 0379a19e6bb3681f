import type { SyncPlace } from '#server/sync-place.ts';

/** What an admin chose for an organisation, as JSON that the caller parses. Undefined before the first choice. */
export type SyncSettingStore = {
  find(where: SyncPlace): Promise<string | undefined>;
  put(where: SyncPlace, value: string): Promise<void>;
};

/** A word of the CRM that is mapped to something in Xero, such as a category of expenses. */
export type MappingKey = { mapping: string; key: string };

export type SyncMappingStore = SyncSettingStore & {
  /** Spellings that differ in case are one word. The first one is kept. */
  noteKeys(where: SyncPlace, keys: readonly MappingKey[]): Promise<void>;
  /** In the order of the alphabet. */
  listKeys(where: SyncPlace): Promise<MappingKey[]>;
};
