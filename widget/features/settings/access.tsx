import { useRef, useState } from 'react';
import type { AccessEntry, CrmUser } from '#shared/contract/settings.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { type AccessChanges, applyChanges } from './access-changes.ts';
import { AccessRow } from './access-row.tsx';
import { AccessSavedNote } from './access-saved-note.tsx';
import { AddPerson } from './add-person.tsx';
import { presets } from './presets.ts';
import { useSaveAccess } from './use-settings.ts';
import { settingsWords } from './words.ts';

type Props = { users: readonly CrmUser[]; access: readonly AccessEntry[]; version: number };

/** The access list. Changes count when they are saved, and unsaved ones are announced. */
export function Access({ users, access, version }: Props) {
  const [changes, setChanges] = useState<AccessChanges>(new Map());
  const section = useRef<HTMLElement>(null);
  // Takes the focus when the pressed button disappears.
  const focusBox = () => section.current?.querySelector('input')?.focus();
  const reset = () => {
    setChanges(new Map());
    focusBox();
  };
  const { save, isSaving, failure } = useSaveAccess(reset);
  const entries = applyChanges(access, changes);
  const isChanged = !isSame(entries, access);
  const hasNothing = entries.some(({ rights }) => rights.length === 0);

  const change = (userId: string, entry: AccessEntry | null) => setChanges(new Map([...changes, [userId, entry]]));
  const add = ({ id, name, email }: CrmUser) => change(id, { userId: id, name, email, rights: [...presets.viewer] });
  const remove = (userId: string) => {
    change(userId, null);
    focusBox();
  };

  return (
    <section ref={section} className="pad settings-access">
      <h2>{settingsWords.access}</h2>
      <p className="small">{settingsWords.accessHint}</p>
      <AddPerson users={users.filter(({ id }) => !entries.some(({ userId }) => userId === id))} onAdd={add} />
      {entries.length === 0 ? (
        <p className="small nothing">{settingsWords.noPeople}</p>
      ) : (
        <ul className="cards">
          {entries.map((entry) => (
            <AccessRow
              key={entry.userId}
              entry={entry}
              onChange={(changed) => change(entry.userId, changed)}
              onRemove={() => remove(entry.userId)}
            />
          ))}
        </ul>
      )}
      {isChanged && (
        <div className="row settings-save">
          <span className="small settings-unsaved">{settingsWords.unsaved}</span>
          <Button variant="text" onClick={reset}>
            {settingsWords.discard}
          </Button>
          <Button
            variant="primary"
            isBusy={isSaving}
            isDisabled={hasNothing}
            onClick={() => save({ access: entries, accessVersion: version })}
          >
            {settingsWords.save}
          </Button>
        </div>
      )}
      {failure && !failure.savings && isChanged && <ActError title={settingsWords.saveFailed} failure={failure} />}
      {failure?.savings && isChanged && <AccessSavedNote savings={failure.savings} />}
    </section>
  );
}

function isSame(some: readonly AccessEntry[], others: readonly AccessEntry[]): boolean {
  const text = (entries: readonly AccessEntry[]) =>
    entries
      .map(({ userId, rights }) => JSON.stringify([userId, [...rights].sort()]))
      .sort()
      .join();
  return text(some) === text(others);
}
