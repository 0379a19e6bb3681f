import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { Labelled } from '#widget/ui/fields/field.tsx';
import { mappingWords } from '../words.ts';
import { type Choosing, type Draft, type FaultAt, findValue } from './mapping-draft.ts';

type Props = { mapping: Mapping; draft: Draft; faultAt: FaultAt; onChoose(choosing: Choosing): void };

/** Which of Xero's tracking categories stands for each of the CRM's. */
export function TrackingChoices({ mapping: { tracking, choices }, draft, faultAt, onChoose }: Props) {
  const keys = Object.entries(tracking);
  if (keys.length === 0) return null;
  const choose = (key: string, saved: string | null, value: string | null) =>
    onChoose({ place: `tracking/${key}`, saved, value, change: { tracking: { [key]: value } } });
  return (
    <section className="pad" aria-labelledby="mapping-tracking">
      <h2 id="mapping-tracking">{mappingWords.tracking}</h2>
      {choices.tracking.length === 0 && <p className="small">{mappingWords.noTracking}</p>}
      <div className="fields">
        {keys.map(([key, saved]) => (
          <Labelled key={key} label={key} error={faultAt(`tracking/${key}`)}>
            {(wiring) => (
              <select
                {...wiring}
                className="input pick"
                value={findValue(draft, `tracking/${key}`, saved) ?? ''}
                onChange={({ target }) => choose(key, saved, target.value === '' ? null : target.value)}
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
    </section>
  );
}
