import type { Child, Tree } from './tree.ts';

/** The parts of a record's page. The layout around them is the same for all types. */
export type RecordParts = {
  name: string;
  avatar: Tree;
  subtitle: Child;
  actions?: Child;
  /** Under the header, in full width. */
  banner?: Tree;
  facts: readonly Tree[];
  timeline: Tree;
};
