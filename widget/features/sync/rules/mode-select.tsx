import type { Mode } from '#shared/contract/sync/rules.ts';
import { Labelled } from '#widget/ui/fields/field.tsx';
import { modeWords } from '../words.ts';

const modes: readonly Mode[] = ['automatic', 'scheduled', 'by_hand'];

/** When records travel. */
export function ModeSelect({ label, mode, onMode }: { label: string; mode: Mode; onMode(mode: Mode): void }) {
  return (
    <Labelled label={label}>
      {(wiring) => (
        <select
          {...wiring}
          className="input pick"
          value={mode}
          onChange={({ target }) => onMode(modes.find((one) => one === target.value) ?? mode)}
        >
          {modes.map((one) => (
            <option key={one} value={one}>
              {modeWords[one]}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}
