import type { RecordState, RecordSummary } from '#shared/contract/sync/record.ts';
import type { PutKind } from '#shared/sync-kinds.ts';
import { recordWords } from './record-words.ts';

type WaitReason = NonNullable<RecordSummary['reason']>;

/** Why a record waits, except for another record. */
export function toWaitReason<Code extends WaitReason['code']>(code: Code): WaitReason & { code: Code } {
  return { code, message: recordWords.waits[code], record: null };
}

/** `name`: what people call the record that is waited for. */
export function toWaitForRecord(
  { kind, crmId, state }: { kind: PutKind; crmId: string; state: RecordState | null },
  name: string,
): WaitReason {
  return { code: 'needs_record', message: recordWords.needsRecord(kind, name), record: { kind, crmId, state } };
}
