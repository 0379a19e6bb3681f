import { useId } from 'react';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { SearchBox } from '#widget/ui/lists/search-box.tsx';
import type { DocumentsContact } from '../documents-screen.tsx';
import { listWords } from '../words.ts';
import { type ListQuery, sortChoices, statusChoices, statusValue } from './list-query.ts';

type Props = {
  query: ListQuery;
  contacts: readonly DocumentsContact[];
  onChange(part: Partial<ListQuery>): void;
};

export function Filters({ query, contacts, onChange }: Props) {
  const id = useId();
  const groups = statusChoices(query.kind);
  const chooseStatus = (value: string) =>
    onChange(groups.flatMap(({ choices }) => choices).find((choice) => choice.value === value)?.part ?? {});
  return (
    <div className="documents-filters">
      <SearchBox
        key={query.kind}
        search={query.search}
        label={kindWords[query.kind].search}
        hint={listWords.searchHint}
        maxLength={255}
        onSearch={(search) => onChange({ search })}
      />
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
