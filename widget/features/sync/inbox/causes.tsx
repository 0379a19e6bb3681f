import { useState } from 'react';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { FixButton } from '../fix-button.tsx';
import type { Go, InboxFilter } from '../place.ts';
import { inboxWords } from '../words.ts';
import { toHeldBy } from './held-by.ts';

type Cause = SyncOverview['inbox'][number];
type Props = Pick<SyncOverview, 'inbox'> & { go: Go; onShow(filter: InboxFilter): void };

/** How many are shown until a person asks for all. */
const shownAtFirst = 6;

/** One line for each cause, with how many records it holds and where it is mended. */
export function Causes({ inbox, go, onShow }: Props) {
  const { format } = useFrame();
  const [isWhole, setIsWhole] = useState(false);
  if (inbox.length === 0) return null;
  const shown = isWhole ? inbox : inbox.slice(0, shownAtFirst);
  return (
    <section className="pad" aria-labelledby="sync-causes">
      <h2 id="sync-causes">{inboxWords.causes}</h2>
      <ul className="cards">
        {shown.map((cause) => (
          <CauseCard
            key={JSON.stringify([cause.kind, cause.code, cause.target])}
            cause={cause}
            go={go}
            onShow={onShow}
          />
        ))}
      </ul>
      {shown.length < inbox.length && (
        <Button variant="text" onClick={() => setIsWhole(true)}>
          {inboxWords.allCauses(format.count(inbox.length))}
        </Button>
      )}
    </section>
  );
}

function CauseCard({ cause, go, onShow }: { cause: Cause } & Pick<Props, 'go' | 'onShow'>) {
  const { format } = useFrame();
  const { kind, code, count, message, fix, target } = cause;
  const name = kind === null ? inboxWords.recordsOf(count) : titleOfKind(kind, count === 1 ? 'one' : 'many');
  return (
    <li className="card sync-cause">
      <strong>{message}</strong>
      <div className="sync-cause-acts">
        <span className="small">{inboxWords.held(format.count(count), name.toLowerCase())}</span>
        <FixButton fix={fix} target={target} about={message} go={go} />
        <Button
          variant="text"
          aria-label={inboxWords.showThese(message)}
          onClick={() => onShow({ kind: kind ?? '', states: [], code, search: '', heldBy: toHeldBy(cause) })}
        >
          {inboxWords.show}
        </Button>
      </div>
    </li>
  );
}
