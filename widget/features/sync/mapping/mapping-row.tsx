import { useEffect, useRef } from 'react';
import { useFrame } from '#widget/session/frame.ts';
import { Button, IconButton } from '#widget/ui/button.tsx';
import type { Option } from '#widget/ui/fields/option-list.tsx';
import { Picker } from '#widget/ui/fields/picker.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { mappingWords } from '../words.ts';
import type { FaultAt } from './mapping-draft.ts';
import { type Line, placeOf, type Slot } from './mapping-lines.ts';

type Props = {
  line: Line;
  options: readonly Option[];
  hasFocus: boolean;
  faultAt: FaultAt;
  onChoose(slot: Slot, value: string | null): void;
};

/** One word of the CRM, its choice, and a suggestion where there is none. */
export function MappingRow({ line, options, hasFocus, faultAt, onChoose }: Props) {
  const { key, waiting, slots } = line;
  const { format } = useFrame();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!hasFocus) return;
    row.current?.querySelector('input')?.focus();
    row.current?.scrollIntoView({ block: 'nearest' });
  }, [hasFocus]);
  return (
    <li ref={row} className="sync-mapping">
      <div className="sync-mapping-key">
        <strong>{key}</strong>
        {waiting > 0 && <span className="tag warn">{mappingWords.waiting(format.count(waiting))}</span>}
      </div>
      <div className="sync-mapping-slots">
        {slots.map((slot) => (
          <SlotPicker
            key={slot.name}
            word={key}
            slot={slot}
            options={options}
            fault={faultAt(placeOf(line, slot))}
            onChoose={(value) => onChoose(slot, value)}
          />
        ))}
      </div>
    </li>
  );
}

type SlotProps = {
  word: string;
  slot: Slot;
  options: readonly Option[];
  fault: string | undefined;
  onChoose(value: string | null): void;
};

function SlotPicker({ word, slot: { name, label, value, proposed }, options, fault, onChoose }: SlotProps) {
  const isGone = value !== null && !options.some((option) => option.value === value);
  const offered = value === null ? options.find((option) => option.value === proposed) : undefined;
  const choiceName = mappingWords.choiceFor(word, label);
  return (
    <div>
      <div className="sync-slot-line">
        <Picker
          label={choiceName}
          name={name}
          options={options}
          value={value}
          error={isGone ? mappingWords.gone(value) : fault}
          empty={uiWords.noMatches}
          placeholder={mappingWords.none}
          isRequired
          className={label === null ? 'sync-picker sync-named' : 'sync-picker'}
          onChange={(chosen) => chosen !== value && onChoose(chosen)}
        />
        {value !== null && (
          <IconButton icon="close" label={mappingWords.remove(choiceName)} onClick={() => onChoose(null)} />
        )}
      </div>
      {offered && (
        <Button variant="text" onClick={() => onChoose(offered.value)}>
          {mappingWords.use(offered.label)}
        </Button>
      )}
    </div>
  );
}
