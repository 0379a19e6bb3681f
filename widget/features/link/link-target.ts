import type { RecordKey } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';

/** The record to link. Default: the session's own. `onLinked` gets the new view. */
export type LinkTarget = { record?: RecordKey; onLinked(view: View): void };
