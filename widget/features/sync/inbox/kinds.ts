import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import { recordKindWords } from '#widget/ui/records/record-words.ts';

/** Every kind, in the order in which people look for them. */
export const kinds = Object.keys(recordKindWords).filter(isKind);

function isKind(name: string): name is RecordKind {
  return Object.hasOwn(recordKindWords, name);
}
