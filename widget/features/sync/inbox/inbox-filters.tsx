import type { ReactNode } from 'react';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { recordKinds } from '#shared/sync-kinds.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { IconButton } from '#widget/ui/button.tsx';
import { SearchBox } from '#widget/ui/lists/search-box.tsx';
import { stateWords } from '#widget/ui/records/record-words.ts';
import { type InboxFilter, toDoStates } from '../place.ts';
import { inboxWords } from '../words.ts';
import { toHeldBy } from './held-by.ts';
import { reasonWords } from './reason-words.ts';

type Props = {
  filter: InboxFilter;
  inbox: SyncOverview['inbox'];
  onChange(filter: InboxFilter): void;
  children: ReactNode;
};

const toDo = toDoStates.join(',');
const stateNames = ['problem', 'question', 'changed', 'waiting', 'excluded', 'synced', 'unsupported'] as const;

/** Search, kind, state and reason; and the one cause that is shown, until it is taken away. */
export function InboxFilters({ filter, inbox, onChange, children }: Props) {
  const codes = new Set([...inbox.map(({ code }) => code), ...(filter.code === '' ? [] : [filter.code])]);
  return (
    <div className="sync-filters">
      <SearchBox
        search={filter.search}
        label={inboxWords.search}
        hint={inboxWords.search}
        maxLength={200}
        onSearch={(search) => onChange({ ...filter, search })}
      />
      <Choice
        label={inboxWords.kind}
        value={filter.kind}
        options={[['', inboxWords.everyKind], ...recordKinds.map((kind) => [kind, titleOfKind(kind, 'many')] as const)]}
        onChange={(value) => onChange({ ...filter, kind: recordKinds.find((one) => one === value) ?? '' })}
      />
      <Choice
        label={inboxWords.state}
        value={filter.states.join(',')}
        options={[
          [toDo, inboxWords.toDo],
          ...stateNames.map((state) => [state, stateWords[state]] as const),
          ['', inboxWords.everyState],
        ]}
        onChange={(value) => onChange({ ...filter, states: readStates(value) })}
      />
      <Choice
        label={inboxWords.reason}
        value={filter.code}
        options={[
          ['', inboxWords.everyReason],
          ...[...codes].map((code) => [code, reasonWords[code] ?? code] as const),
        ]}
        onChange={(code) => onChange({ ...filter, code, heldBy: '' })}
      />
      {children}
      {filter.heldBy !== '' && <OneCause filter={filter} inbox={inbox} onChange={onChange} />}
    </div>
  );
}

type ChoiceProps = {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChange(value: string): void;
};

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <select className="input select" aria-label={label} value={value} onChange={({ target }) => onChange(target.value)}>
      {options.map(([each, words]) => (
        <option key={each} value={each}>
          {words}
        </option>
      ))}
    </select>
  );
}

/** Its sentence; once it is settled, no cause has it any more. */
function OneCause({ filter, inbox, onChange }: Omit<Props, 'children'>) {
  const cause = inbox.find((one) => one.code === filter.code && toHeldBy(one) === filter.heldBy);
  return (
    <p className="sync-one-cause">
      <span>{inboxWords.onlyCause(cause?.message ?? filter.heldBy.replace(/^\w+:/, ''))}</span>
      <IconButton
        icon="close"
        label={inboxWords.everyCause}
        onClick={() => onChange({ ...filter, code: '', heldBy: '' })}
      />
    </p>
  );
}

function readStates(value: string): InboxFilter['states'] {
  if (value === toDo) return toDoStates;
  return stateNames.filter((state) => state === value);
}
