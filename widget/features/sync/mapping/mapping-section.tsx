import { useState } from 'react';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import type { Option } from '#widget/ui/fields/option-list.tsx';
import { mappingSectionWords, mappingWords } from '../words.ts';
import type { Choosing, FaultAt } from './mapping-draft.ts';
import { isMissing, type Line, placeOf, type Slot, sortLines } from './mapping-lines.ts';
import { MappingRow } from './mapping-row.tsx';

type Props = {
  mapping: Line['mapping'];
  /** With the choices that are not saved yet, and as saved. */
  lines: readonly Line[];
  saved: readonly Line[];
  options: readonly Option[];
  /** The word that was asked for: it is shown, and its choice takes the focus. */
  target: string | null;
  faultAt: FaultAt;
  onChoose(choosing: Choosing): void;
};

/** How many are shown until a person asks for all. */
const shownAtFirst = 40;

/** The CRM's categories, payment methods or tax rates, and how many have no choice. */
export function MappingSection({ mapping, lines, saved, options, target, faultAt, onChoose }: Props) {
  const { format } = useFrame();
  const [isWhole, setIsWhole] = useState(false);
  // Rows stay where they are when a choice is made.
  const [order] = useState(() => sortLines(lines).map(({ key }) => key));
  const rank = ({ key }: Line) => (order.includes(key) ? order.indexOf(key) : order.length);
  const sorted = lines.toSorted((a, b) => rank(a) - rank(b));
  const shown = isWhole || target !== null ? sorted : sorted.slice(0, shownAtFirst);
  const missing = saved.filter(isMissing).length;
  const waiting = lines.reduce((sum, line) => sum + line.waiting, 0);
  const id = `mapping-${mapping}`;
  return (
    <section className="pad" aria-labelledby={id}>
      <h2 id={id}>{mappingSectionWords[mapping]}</h2>
      <p className="small">
        {lines.length === 0
          ? mappingWords.noKeys
          : mappingWords.missing(format.count(missing), format.count(lines.length))}
        {waiting > 0 && ` · ${mappingWords.held(format.count(waiting), waiting === 1)}`}
      </p>
      <ul className="rows">
        {shown.map((line) => (
          <MappingRow
            key={line.key}
            line={line}
            options={options}
            hasFocus={isTarget(line, target)}
            faultAt={faultAt}
            onChoose={(slot, value) => onChoose(toChoosing({ line, slot, value, saved }))}
          />
        ))}
      </ul>
      {shown.length < sorted.length && (
        <Button variant="text" onClick={() => setIsWhole(true)}>
          {mappingWords.all(format.count(sorted.length))}
        </Button>
      )}
    </section>
  );
}

function toChoosing({
  line,
  slot,
  value,
  saved,
}: {
  line: Line;
  slot: Slot;
  value: string | null;
  saved: readonly Line[];
}) {
  const before = saved.find(({ key }) => key === line.key)?.slots.find(({ name }) => name === slot.name);
  return { place: placeOf(line, slot), saved: before?.value ?? null, value, change: slot.toChange(value) };
}

/** Words of the CRM are compared without case. */
function isTarget({ key }: Line, target: string | null): boolean {
  return target !== null && key.toLowerCase() === target.toLowerCase();
}
