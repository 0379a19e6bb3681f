import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Labelled } from '#widget/ui/fields/field.tsx';
import { mappingWords, syncWords } from '../words.ts';
import { useSaveMapping } from './use-mapping.ts';

/** Which of Xero's tracking categories stands for each of the CRM's. */
export function TrackingChoices({ mapping: { tracking, choices } }: { mapping: Mapping }) {
  const { save, isSaving, failure } = useSaveMapping();
  const keys = Object.entries(tracking);
  if (keys.length === 0) return null;
  return (
    <section className="pad" aria-labelledby="mapping-tracking" aria-busy={isSaving || undefined}>
      <h2 id="mapping-tracking">{mappingWords.tracking}</h2>
      {choices.tracking.length === 0 && <p className="small">{mappingWords.noTracking}</p>}
      <div className="fields">
        {keys.map(([key, id]) => (
          <Labelled key={key} label={key}>
            {(wiring) => (
              <select
                {...wiring}
                className="input pick"
                value={id ?? ''}
                onChange={({ target }) => save({ tracking: { [key]: target.value === '' ? null : target.value } })}
              >
                <option value="">{mappingWords.none}</option>
                {choices.tracking.map((category) => (
                  <option key={category.id} value={category.id}>
                    {category.name}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
        ))}
      </div>
      {failure && <ActError title={syncWords.saveFailed} failure={failure} />}
    </section>
  );
}
