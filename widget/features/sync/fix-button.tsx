import type { RecordProblem } from '#shared/contract/sync/record.ts';
import { useConnect } from '#widget/session/use-connect.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { XeroButton } from '#widget/ui/xero-button.tsx';
import type { Go } from './place.ts';
import { fixWords } from './words.ts';

type Props = Pick<RecordProblem, 'fix' | 'target'> & {
  /** What it is about, for screen readers. */
  about: string;
  go: Go;
};

/** Leads to where a problem is mended: the mapping, Xero, or connecting again. Nothing where the CRM or time mends it. */
export function FixButton({ fix, target, about, go }: Props) {
  switch (fix) {
    case 'map_account':
    case 'map_tax':
    case 'map_payment_method': {
      const asked = target && 'mapping' in target ? target : null;
      return (
        <Button aria-label={fixWords.about(fixWords[fix], about)} onClick={() => go({ tab: 'mapping', target: asked })}>
          {fixWords[fix]}
        </Button>
      );
    }
    case 'reconnect':
      return <Reconnect />;
    default:
      return target && 'url' in target ? (
        <XeroButton url={target.url} words={uiWords.openInXero} label={fixWords.about(uiWords.openInXero, about)} />
      ) : null;
  }
}

function Reconnect() {
  const { connect, isLeaving, failure } = useConnect();
  return (
    <>
      <Button isBusy={isLeaving} onClick={connect}>
        {uiWords.connect}
      </Button>
      {failure && <ActError title={uiWords.connectFailed} failure={failure} />}
    </>
  );
}
