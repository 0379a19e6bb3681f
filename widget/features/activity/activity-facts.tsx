import type { AuditEntry } from '#shared/contract/audit.ts';
import { FactList } from '#widget/ui/fact-list.tsx';
import { RequestId } from '#widget/ui/request-id.tsx';
import { activityWords } from './words.ts';

/** Facts that support asks for. */
export function ActivityFacts({ entry }: { entry: AuditEntry }) {
  const { record, contact, document, requestId } = entry;
  const facts = [
    [activityWords.outcome, entry.outcome.replaceAll('_', ' ')],
    [activityWords.record, record && `${record.type} ${record.id}`],
    [activityWords.contact, contact?.id],
    [activityWords.document, document?.id],
    [activityWords.requestId, requestId],
  ] as const;
  return (
    <>
      <FactList className="act-facts" facts={facts} />
      {requestId && <RequestId id={requestId} />}
    </>
  );
}
