import { useMemo, useState } from 'react';
import type { CrmUser } from '#shared/contract/settings.ts';
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

export function findUsers(users: readonly CrmUser[], text: string): CrmUser[] {
  const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [];
  const fits = ({ name, email }: CrmUser) => parts.every((part) => `${name} ${email}`.toLowerCase().includes(part));
  return users.filter(fits).slice(0, most);
}
