import { type Failure, ownWords } from '#widget/session/failure.ts';

type Props = { reason: string; failure: Failure };

/** Our words first, then Xero's, if it gave any. */
export function Reason({ reason, failure }: Props) {
  return (
    <>
      {reason}
      {ownWords(failure).map((text) => (
        <q className="detail" key={text}>
          {text}
        </q>
      ))}
    </>
  );
}
