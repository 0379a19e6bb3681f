import type { Right } from '#shared/contract/record.ts';
import type { AccessEntry } from '#shared/contract/settings.ts';

/** Moves with every saving. */
export type AccessList = { version: number; entries: AccessEntry[] };

/** Who may do what, by workspace. */
export type AccessStore = {
  /** The version may be older than the entries, never newer. */
  read(workspaceId: string): Promise<AccessList>;
  findRights(workspaceId: string, userId: string): Promise<Right[]>;
  /**
   * Replaces the whole list by what `toEntries` makes of it, one saving after the other: nobody saves between. Answers
   * both lists, or null, and nothing is stored, where the list is of another version by now. `version` null: any.
   */
  change(
    workspaceId: string,
    version: number | null,
    toEntries: (before: readonly AccessEntry[]) => readonly AccessEntry[],
  ): Promise<{ before: AccessEntry[]; after: AccessEntry[] } | null>;
};
