import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { useSaveRules } from '../rules/use-rules.ts';
import { billWords } from '../rules/words.ts';
import { DirectionSwitch } from '../switch.tsx';
import { overviewWords, syncWords } from '../words.ts';

type Props = { kind: SyncOverview['kinds'][number]['kind']; isOn: boolean };

/** The kind's name, and whether it is sent, or whether bills come. */
export function KindHead({ kind, isOn }: Props) {
  const { save, isSaving, failure } = useSaveRules();
  const name = titleOfKind(kind, 'many');
  return (
    <>
      <div className="sync-kind-head">
        <h3 className="sync-name">{name}</h3>
        <DirectionSwitch
          {...toWords(kind, name)}
          isOn={isOn}
          isBusy={isSaving}
          onSwitch={(on) => save({ kinds: [kind === 'bills' ? { kind, back: { on } } : { kind, out: { on } }] })}
        />
      </div>
      {failure && <ActError title={syncWords.saveFailed} failure={failure} />}
    </>
  );
}

function toWords(kind: Props['kind'], name: string): { label: string; text: string } {
  if (kind === 'bills') return { label: billWords.bring, text: billWords.fromXero };
  return { label: overviewWords.sendKind(name), text: overviewWords.toXero };
}
