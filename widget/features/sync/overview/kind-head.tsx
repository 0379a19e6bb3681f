import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { useSaveRules } from '../rules/use-rules.ts';
import { SendSwitch } from '../switch.tsx';
import { syncWords } from '../words.ts';

type Props = { kind: SyncOverview['kinds'][number]['kind']; isOn: boolean };

/** The kind's name, and whether it is sent. */
export function KindHead({ kind, isOn }: Props) {
  const { save, isSaving, failure } = useSaveRules();
  const name = titleOfKind(kind, 'many');
  return (
    <>
      <div className="sync-kind-head">
        <h3 className="sync-name">{name}</h3>
        <SendSwitch
          name={name}
          isOn={isOn}
          isBusy={isSaving}
          onSwitch={(on) => save({ kinds: [{ kind, out: { on } }] })}
        />
      </div>
      {failure && <ActError title={syncWords.saveFailed} failure={failure} />}
    </>
  );
}
