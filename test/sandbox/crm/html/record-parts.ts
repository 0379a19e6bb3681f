import type { Child, Tree } from './tree.ts';

/** What a record shows of itself; the frame around it is the same for all types. */
export type RecordParts = {
  name: string;
  avatar: Tree;
  subtitle: Child;
  actions?: Child;
  /** Under the header, over the full width. */
  banner?: Tree;
  facts: readonly Tree[];
  timeline: Tree;
};
