import type { AuditEntry } from '#shared/contract/audit.ts';
import { auditActionTitle, auditOutcomeNote } from '#shared/words/audit-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { FactList } from '#widget/ui/fact-list.tsx';
import { RequestId } from '#widget/ui/failures/failure-parts.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { activityWords, changedName, changedValue, documentName, recordTypeWords } from './words.ts';

type Props = { entry: AuditEntry };

/** One action as a sentence, with its changes below, and the ids for support. */
export function ActivityRow({ entry }: Props) {
  const { format } = useFrame();
  const note = auditOutcomeNote(entry.outcome);
  return (
    <li className="activity-entry">
      <p className="activity-when small">
        <time dateTime={entry.at}>{format.moment(entry.at)}</time>
        <span className="clip" title={entry.user.name}>
          {entry.user.name}
        </span>
      </p>
      <div className="activity-what">
        <b>{auditActionTitle(entry)}</b>
        {note !== null && <p className="activity-note">{note}</p>}
        <Subjects entry={entry} />
        <Changes entry={entry} />
        <details className="small">
          <summary>{activityWords.details}</summary>
          <ActivityFacts entry={entry} />
        </details>
      </div>
    </li>
  );
}

/** The document, then the Xero contact. Each is a link if it has a page in Xero. */
function Subjects({ entry: { document, contact, record, fileName } }: Props) {
  const contactName = contact?.name ?? null;
  const recordName = record?.name ?? null;
  if (!document && !contactName && !recordName && !fileName) return null;
  return (
    <ul className="activity-subjects">
      {document && (
        <li>
          <Subject name={documentName(document)} url={document.url} />
        </li>
      )}
      {fileName && <li>{fileName}</li>}
      {contactName && (
        <li>
          <Subject name={contactName} url={contact?.url ?? null} />
        </li>
      )}
      {record && recordName && (
        <li>
          {recordName} <span className="small">{recordTypeWords[record.type]}</span>
        </li>
      )}
    </ul>
  );
}

function Subject({ name, url }: { name: string; url: string | null }) {
  if (url === null) return name;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {name}
      <Icon name="external" />
    </a>
  );
}

function Changes({ entry: { changes } }: Props) {
  if (changes.length === 0) return null;
  return (
    <ul className="activity-changes small">
      {changes.map(({ name, before, after }) => (
        <li key={name}>
          <b>{changedName(name)}</b>: {changedValue(after)} <span>({activityWords.from(changedValue(before))})</span>
        </li>
      ))}
    </ul>
  );
}

/** Facts that support asks for. */
function ActivityFacts({ entry }: { entry: AuditEntry }) {
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
      <FactList className="activity-facts" facts={facts} />
      {requestId && <RequestId id={requestId} />}
    </>
  );
}
