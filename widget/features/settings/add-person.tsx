import { useMemo, useState } from 'react';
import type { CrmUser } from '#shared/contract/settings.ts';
import { foldText, placeIn } from '#shared/rank-text.ts';
import { Combobox } from '#widget/ui/fields/combobox.tsx';
import { settingsWords } from './words.ts';

/** How many users are offered at once. A workspace may have two thousand. */
const most = 8;

type Props = { users: readonly CrmUser[]; onAdd(user: CrmUser): void };

/** Finds a user by name and adds them. `users`: those who are not on the list. */
export function AddPerson({ users, onAdd }: Props) {
  const [text, setText] = useState('');
  const found = useMemo(() => findUsers(users, text), [users, text]);
  return (
    <Combobox
      label={settingsWords.addLabel}
      placeholder={settingsWords.addPlaceholder}
      text={text}
      onText={setText}
      items={found}
      keyOf={({ id }) => id}
      onPick={(user) => {
        setText('');
        onAdd(user);
      }}
      status={text.trim() !== '' && found.length === 0 ? settingsWords.noMatch : ''}
    >
      {({ name, email }) => (
        <span className="card-words">
          <b className="clip">{name}</b>
          <span className="small clip">{email}</span>
        </span>
      )}
    </Combobox>
  );
}

/**
 * Users whose name or e-mail has every typed word. Names that start with the text, or have a word that does, come
 * first.
 */
export function findUsers(users: readonly CrmUser[], text: string): CrmUser[] {
  const typed = foldText(text);
  const parts = typed.split(' ').filter(Boolean);
  if (parts.length === 0) return [];
  const fits = ({ name, email }: CrmUser) => parts.every((part) => foldText(`${name} ${email}`).includes(part));
  return users
    .filter(fits)
    .map((user) => ({ user, place: placeIn(foldText(user.name), typed) }))
    .sort((a, b) => a.place - b.place || a.user.name.localeCompare(b.user.name))
    .slice(0, most)
    .map(({ user }) => user);
}
