import type { Instant } from '../../store.ts';

/** Something that the CRM is told of a record, or of the organisation. `data` is JSON that the caller parses. */
export type NewChange = {
  organisationId: string;
  type: string;
  kind: string | null;
  crmId: string | null;
  xeroId: string | null;
  /** The state that the record entered with it; null where it entered none. It counts for the day. */
  state: string | null;
  at: Instant;
  data: string;
};

/** `id` grows with every change of the workspace. `accepted`: the record that the CRM made of it. */
export type ChangeRow = Omit<NewChange, 'state'> & {
  workspaceId: string;
  id: number;
  accepted: { kind: string; crmId: string } | null;
};

export type ChangeStore = {
  /**
   * Use within `together`, after `records.hold`. Changes are numbered under that lock, so the order of their ids is the
   * order of the commits, and a reader never skips one. Returns the id of the last one.
   */
  append(workspaceId: string, changes: readonly NewChange[]): Promise<number>;
  /** The oldest first. */
  list(workspaceId: string, afterId: number, limit: number): Promise<ChangeRow[]>;
  find(workspaceId: string, id: number): Promise<ChangeRow | undefined>;
  /** The id of the newest change ever, also when it was removed. 0 before the first one. */
  newest(workspaceId: string): Promise<number>;
  /**
   * From this id on, every change is kept. Whoever reads after an earlier one may have missed some. Read it after the
   * list, as changes may be removed in between.
   */
  oldest(workspaceId: string): Promise<number>;
  /** False when the change is unknown or was accepted before. */
  markAccepted(workspaceId: string, id: number, record: { kind: string; crmId: string }): Promise<boolean>;
  /** Removes changes of all workspaces from before this instant, and days that ended before it. Returns how many. */
  removeBefore(at: Instant): Promise<number>;
};
