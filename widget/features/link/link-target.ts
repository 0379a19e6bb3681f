import type { RecordKey } from '#shared/contract/record.ts';
import type { View } from '#shared/contract/view.ts';

/** Which record gets linked: the session's own when `record` is left out. `onLinked` gets the view that follows. */
export type LinkTarget = { record?: RecordKey; onLinked(view: View): void };
