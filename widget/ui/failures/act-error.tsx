import { errorWords } from '#widget/session/failures/error-words.ts';
import type { Failure } from '#widget/session/failures/failure.ts';
import { useReportFailure } from '#widget/session/use-page-events.ts';
import { Note } from '../note.tsx';
import { Reason, RequestId } from './failure-parts.tsx';

/** Shown beside a failed action. The action's own button tries again. */
export function ActError({ title, failure }: { title: string; failure: Failure }) {
  useReportFailure(failure);
  return (
    <Note
      tone="danger"
      icon="warning"
      title={title}
      reason={<Reason reason={errorWords(failure).reason} failure={failure} />}
      isAlert
    >
      {failure.requestId && <RequestId id={failure.requestId} />}
    </Note>
  );
}
