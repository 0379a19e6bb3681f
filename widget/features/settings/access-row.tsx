import { useState } from 'react';
import type { Right } from '#shared/contract/record.ts';
import type { AccessEntry } from '#shared/contract/settings.ts';
import { IconButton } from '#widget/ui/button.tsx';
import { rights as allRights, type Preset, presetNames, presetOf, presets } from './presets.ts';
import { presetWords, rightWords, settingsWords } from './words.ts';

type Props = { entry: AccessEntry; onChange(entry: AccessEntry): void; onRemove(): void };

export function AccessRow({ entry, onChange, onRemove }: Props) {
  const { name, email, rights } = entry;
  const [wantsCustom, setWantsCustom] = useState(false);
  const preset = wantsCustom ? 'custom' : presetOf(rights);
  const shownName = name || email || entry.userId;

  function choose(chosen: string) {
    const known = presetNames.find((candidate) => candidate === chosen);
    setWantsCustom(known === undefined);
    if (known) onChange({ ...entry, rights: [...presets[known]] });
  }

  return (
    <li className="card settings-person">
      <div className="settings-person-line">
        <div className="card-words">
          <b className="clip" title={shownName}>
            {shownName}
          </b>
          {email !== shownName && (
            <span className="small clip" title={email}>
              {email}
            </span>
          )}
        </div>
        <PresetSelect label={settingsWords.preset(shownName)} preset={preset} onChoose={choose} />
        <IconButton icon="close" label={settingsWords.remove(shownName)} onClick={onRemove} />
      </div>
      {preset === 'custom' && (
        <Rights name={shownName} held={rights} onChange={(changed) => onChange({ ...entry, rights: changed })} />
      )}
    </li>
  );
}

function PresetSelect({ label, preset, onChoose }: { label: string; preset: Preset; onChoose(name: string): void }) {
  return (
    <select
      className="input select"
      aria-label={label}
      value={preset}
      onChange={(event) => onChoose(event.target.value)}
    >
      {presetNames.map((name) => (
        <option key={name} value={name}>
          {presetWords[name]}
        </option>
      ))}
      <option value="custom">{presetWords.custom}</option>
    </select>
  );
}

function Rights({ name, held, onChange }: { name: string; held: readonly Right[]; onChange(rights: Right[]): void }) {
  return (
    <fieldset className="settings-rights">
      <legend className="sr">{settingsWords.rights(name)}</legend>
      {allRights.map((right) => (
        <label key={right} className="check">
          <input
            type="checkbox"
            checked={held.includes(right)}
            onChange={({ target }) =>
              onChange(allRights.filter((other) => (other === right ? target.checked : held.includes(other))))
            }
          />
          {rightWords[right]}
        </label>
      ))}
      {held.length === 0 && <p className="field-error">{settingsWords.noRights}</p>}
    </fieldset>
  );
}
