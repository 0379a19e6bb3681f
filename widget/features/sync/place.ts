import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { RecordState } from '#shared/contract/sync/record.ts';

/** The parts of the screen. */
export const syncTabs = ['overview', 'inbox', 'mapping', 'rules', 'runs', 'reset'] as const;
export type Tab = (typeof syncTabs)[number];

/** What the inbox lists. `states` empty: every state. `heldBy`: the word or contact that holds the records. */
export type InboxFilter = {
  kind: RecordKind | '';
  states: readonly RecordState[];
  code: string;
  search: string;
  heldBy: string;
};

/** The states that wait for a person. */
export const toDoStates: readonly RecordState[] = ['problem', 'question', 'changed'];

export const wholeInbox: InboxFilter = { kind: '', states: toDoStates, code: '', search: '', heldBy: '' };

/** A word of the CRM, or the name of a default, in the mapping. */
export type MappingTarget = { mapping: string; key: string };

/** Where a person is: the tab, what the inbox lists, and which word of the mapping was asked for. */
export type Place = { tab: Tab; filter: InboxFilter; target: MappingTarget | null };

export type Go = (place: Partial<Place>) => void;
