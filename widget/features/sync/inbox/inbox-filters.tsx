import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { useDebounced } from '#widget/lib/use-debounced.ts';
import { focusFirstRow } from '#widget/lib/use-row-walk.ts';
import { recordKindWords, stateWords } from '#widget/ui/records/record-words.ts';
import { type InboxFilter, toDoStates } from '../place.ts';
import { inboxWords } from '../words.ts';
import { kinds } from './kinds.ts';
import { reasonWords } from './reason-words.ts';

type Props = {
  filter: InboxFilter;
  inbox: SyncOverview['inbox'];
  onChange(filter: InboxFilter): void;
  children: ReactNode;
};

/** How long to wait after the last key before searching, in milliseconds. */
const restMs = 250;

const toDo = toDoStates.join(',');
const stateNames = ['problem', 'question', 'changed', 'waiting', 'excluded', 'synced', 'unsupported'] as const;

/** Search, kind, state and reason. */
export function InboxFilters({ filter, inbox, onChange, children }: Props) {
  const codes = new Set([...inbox.map(({ code }) => code), ...(filter.code === '' ? [] : [filter.code])]);
  return (
    <div className="sync-filters">
      <SearchBox filter={filter} onChange={onChange} />
      <select
        className="input select"
        aria-label={inboxWords.kind}
        value={filter.kind}
        onChange={({ target }) => onChange({ ...filter, kind: kinds.find((one) => one === target.value) ?? '' })}
      >
        <option value="">{inboxWords.everyKind}</option>
        {kinds.map((kind) => (
          <option key={kind} value={kind}>
            {recordKindWords[kind].many}
          </option>
        ))}
      </select>
      <select
        className="input select"
        aria-label={inboxWords.state}
        value={filter.states.join(',')}
        onChange={({ target }) => onChange({ ...filter, states: readStates(target.value) })}
      >
        <option value={toDo}>{inboxWords.toDo}</option>
        {stateNames.map((state) => (
          <option key={state} value={state}>
            {stateWords[state]}
          </option>
        ))}
        <option value="">{inboxWords.everyState}</option>
      </select>
      <select
        className="input select"
        aria-label={inboxWords.reason}
        value={filter.code}
        onChange={({ target }) => onChange({ ...filter, code: target.value })}
      >
        <option value="">{inboxWords.everyReason}</option>
        {[...codes].map((code) => (
          <option key={code} value={code}>
            {reasonWords[code] ?? code}
          </option>
        ))}
      </select>
      {children}
    </div>
  );
}

function readStates(value: string): InboxFilter['states'] {
  if (value === toDo) return toDoStates;
  return stateNames.filter((state) => state === value);
}

/** Searches after a pause in typing. Escape clears it, the down arrow moves into the list. */
function SearchBox({ filter, onChange }: Pick<Props, 'filter' | 'onChange'>) {
  const [text, setText] = useState(filter.search);
  const rested = useDebounced(text, restMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing alone starts a search
  useEffect(() => {
    if (rested.trim() !== filter.search) onChange({ ...filter, search: rested.trim() });
  }, [rested]);
  useEffect(() => setText((typed) => (typed.trim() === filter.search ? typed : filter.search)), [filter.search]);
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && text !== '') setText('');
    else if (event.key === 'ArrowDown') focusFirstRow();
    else return;
    event.preventDefault();
  }

  return (
    <input
      className="input sync-search"
      type="search"
      aria-label={inboxWords.search}
      placeholder={inboxWords.search}
      maxLength={200}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
