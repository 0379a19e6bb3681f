import type { AccessSaving } from '#shared/contract/settings.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Note } from '#widget/ui/note.tsx';
import { rights as allRights } from './presets.ts';
import { rightWords, settingsWords } from './words.ts';

/** Shows who saved what while this person was editing. This person's changes are kept. */
export function AccessSavedNote({ savings }: { savings: readonly AccessSaving[] }) {
  const { format } = useFrame();
  return (
    <Note tone="warn" icon="warning" title={settingsWords.savedByOthers} reason={settingsWords.yoursIsKept} isAlert>
      <ul className="small">
        {savings.map(({ by, at, changes }) => (
          <li key={`${at} ${by}`}>
            {settingsWords.savedBy(by, format.moment(at))}
            {changes.map(({ name, before, after }) => (
              <div key={name}>{settingsWords.savedChange(name, toWords(before), toWords(after))}</div>
            ))}
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** The server names rights as in the contract. */
function toWords(held: string | null): string {
  const words = allRights.filter((right) => held?.split(', ').includes(right)).map((right) => rightWords[right]);
  return words.length === 0 ? settingsWords.noAccess : words.join(', ');
}
