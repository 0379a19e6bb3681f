import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { SyncKind } from '../kinds/kind.ts';
import { syncKinds } from '../kinds/sync-kinds.ts';

const all: readonly SyncKind<PutKind>[] = Object.values(syncKinds);

/** The kinds that are sent, those first that others need. */
export const kindsInOrder = all.toSorted((a, b) => a.rank - b.rank);

/** Undefined for a kind that is never sent. */
export function kindOf(kind: string): SyncKind<PutKind> | undefined {
  return all.find((one) => one.kind === kind);
}
