import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useDebounced } from '#widget/lib/use-debounced.ts';
import { focusFirstRow } from '#widget/lib/use-row-walk.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import type { DocumentsContact } from '../documents-screen.tsx';
import { listWords } from '../words.ts';
import { type ListQuery, sortChoices, statusChoices, statusValue } from './list-query.ts';

type Props = {
  query: ListQuery;
  contacts: readonly DocumentsContact[];
  onChange(part: Partial<ListQuery>): void;
};

/** How long to wait after the last key before searching, in milliseconds. */
const restMs = 250;

export function Filters({ query, contacts, onChange }: Props) {
  const id = useId();
  const groups = statusChoices(query.kind);
  const chooseStatus = (value: string) =>
    onChange(groups.flatMap(({ choices }) => choices).find((choice) => choice.value === value)?.part ?? {});
  return (
    <div className="documents-filters">
      <SearchBox key={query.kind} query={query} onChange={onChange} />
      <select
        className="input select"
        aria-label={listWords.status}
        value={statusValue(query)}
        onChange={(event) => chooseStatus(event.target.value)}
      >
        {groups.map(({ label, choices }) => (
          <optgroup key={label} label={label}>
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      <select
        id={id}
        className="input select"
        aria-label={listWords.sort}
        value={query.sort}
        onChange={({ target }) =>
          onChange({ sort: sortChoices(query).find(({ value }) => value === target.value)?.value ?? 'overdue' })
        }
      >
        {sortChoices(query).map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {contacts.length > 1 && (
        <select
          className="input select"
          aria-label={listWords.contact}
          value={query.contactId}
          onChange={({ target }) => onChange({ contactId: target.value })}
        >
          <option value="">{listWords.everyContact}</option>
          {contacts.map((contact) => (
            <option key={contact.id} value={contact.id}>
              {contact.name}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/** Searches after a pause in typing. Escape clears it first, the down arrow moves into the list. */
function SearchBox({ query, onChange }: Omit<Props, 'contacts'>) {
  const [text, setText] = useState(query.search);
  const rested = useDebounced(text, restMs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: typing alone starts a search
  useEffect(() => {
    if (rested !== query.search) onChange({ search: rested });
  }, [rested]);
  useEffect(() => setText(query.search), [query.search]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && text !== '') setText('');
    else if (event.key === 'ArrowDown') focusFirstRow();
    else return;
    event.preventDefault();
  }

  return (
    <input
      className="input documents-search"
      type="search"
      aria-label={kindWords[query.kind].search}
      placeholder={listWords.searchHint}
      autoComplete="off"
      spellCheck={false}
      maxLength={255}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={onKeyDown}
    />
  );
}
