import { useMemo, useState } from 'react';
import type { BillStatus } from '#shared/contract/sync/rules.ts';
import { createTypedDates, todayIn } from '#widget/lib/typed-dates.ts';
import { useFrame } from '#widget/session/frame.ts';
import { DateField } from '#widget/ui/fields/date-field.tsx';
import { Labelled } from '#widget/ui/fields/field.tsx';
import { billStatusWords, rulesWords } from '../words.ts';
import type { RulesDraft } from './rules-draft.ts';

type Props = {
  draft: RulesDraft;
  onChange(draft: RulesDraft): void;
  /** Whether the typed day cannot be read. */
  onFault(hasFault: boolean): void;
};

const statuses: readonly BillStatus[] = ['approved', 'submitted', 'draft'];

/** What holds for every kind. */
export function GeneralRules({ draft, onChange, onFault }: Props) {
  return (
    <section className="pad" aria-labelledby="rules-general">
      <h2 id="rules-general">{rulesWords.general}</h2>
      <div className="fields">
        <SinceField draft={draft} onChange={onChange} onFault={onFault} />
        <Labelled label={rulesWords.billStatus}>
          {(wiring) => (
            <select
              {...wiring}
              className="input pick"
              value={draft.billStatus}
              onChange={({ target }) =>
                onChange({ ...draft, billStatus: statuses.find((one) => one === target.value) ?? draft.billStatus })
              }
            >
              {statuses.map((status) => (
                <option key={status} value={status}>
                  {billStatusWords[status]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      <label className="check">
        <input
          type="checkbox"
          checked={draft.roundingLine}
          onChange={({ target }) => onChange({ ...draft, roundingLine: target.checked })}
        />
        {rulesWords.roundingLine}
      </label>
      <p className="small">{rulesWords.roundingHint}</p>
    </section>
  );
}

/** The page that holds it makes it anew when the saved day changes or changes are discarded. */
function SinceField({ draft, onChange, onFault }: Props) {
  const { format } = useFrame();
  const { locale, now } = format;
  const dates = useMemo(() => createTypedDates(locale, todayIn(now(), undefined)), [locale, now]);
  const [saved] = useState(draft.since === null ? '' : dates.writeDate(draft.since));
  const [text, setText] = useState(saved);
  const isRead = (typed: string) => dates.readDate(typed) !== null || typed.trim() === saved;
  const type = (typed: string) => {
    setText(typed);
    onFault(!isRead(typed));
    onChange({ ...draft, since: dates.readDate(typed) ?? draft.since });
  };
  return (
    <div>
      <DateField
        label={rulesWords.since}
        dates={dates}
        value={text}
        onValue={type}
        error={isRead(text) ? undefined : rulesWords.noDay}
        placeholder={rulesWords.sinceNone}
      />
      <p className="small">{rulesWords.sinceHint}</p>
    </div>
  );
}
