import { useMemo, useState } from 'react';
import type { CrmUser } from '#shared/contract/settings.ts';
import { foldText, placeIn } from '#shared/rank-text.ts';
import { Combobox } from '#widget/ui/combobox.tsx';
import { settingsWords } from './words.ts';

/** How many are offered at once: a workspace may have two thousand users. */
const most = 8;

type Props = { users: readonly CrmUser[]; onAdd(user: CrmUser): void };

/** Type a name, pick. `users` are those who are not on the list yet. */
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

/** Those that have every typed word in name or e-mail; whose name starts with the text, or has such a word, first. */
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
