import type { Right } from '#shared/contract/record.ts';
import type { AccessEntry } from '#shared/contract/settings.ts';

/** The version increases with every save. */
export type AccessList = { version: number; entries: AccessEntry[] };

/** The rights of users, by workspace. */
export type AccessStore = {
  /** The version may be older than the entries, never newer. */
  read(workspaceId: string): Promise<AccessList>;
  findRights(workspaceId: string, userId: string): Promise<Right[]>;
  /**
   * Replaces the whole list by the result of `toEntries`; saves run one after the other. Returns both lists. Returns
   * null and stores nothing when the list now has another version. `version` null matches any version.
   */
  change(
    workspaceId: string,
    version: number | null,
    toEntries: (before: readonly AccessEntry[]) => readonly AccessEntry[],
  ): Promise<{ before: AccessEntry[]; after: AccessEntry[] } | null>;
};
