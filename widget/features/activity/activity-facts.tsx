import type { AuditEntry } from '#shared/contract/audit.ts';
import { RequestId } from '#widget/ui/request-id.tsx';
import { activityWords } from './words.ts';

/** What support asks for. */
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
      <dl className="act-facts">
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {requestId && <RequestId id={requestId} />}
    </>
  );
}
