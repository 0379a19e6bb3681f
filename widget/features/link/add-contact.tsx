import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { Failure } from '#widget/session/failures/failure.ts';
import { Button, IconButton } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Header } from '#widget/ui/header.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { fieldOf, type KnownDetails } from './contact-draft.ts';
import { type ContactErrors, ContactFields } from './contact-fields.tsx';
import { ExistingContact } from './existing-contact.tsx';
import type { LinkTarget } from './link-target.ts';
import { useAddContact, useContactText } from './use-add-contact.ts';
import { addWords } from './words.ts';

type Props = { known: KnownDetails; target: LinkTarget; onClose(): void };

/** The form of a new contact, filled with the CRM's details. Typed text stays, whatever fails. */
export function AddContact({ known, target, onClose }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const { draft, change, forget } = useContactText(known, target);
  const [isNameMissing, setIsNameMissing] = useState(false);
  const done: LinkTarget = {
    ...target,
    onLinked: (view) => {
      forget();
      target.onLinked(view);
    },
  };
  const { create, isCreating, failure } = useAddContact(done);
  const discard = () => {
    forget();
    onClose();
  };
  const errors = fieldErrors(failure, isNameMissing);
  useFocusOnTrouble(form, failure, isNameMissing);

  function submit(event: FormEvent) {
    event.preventDefault();
    const isMissing = draft.name.trim() === '';
    setIsNameMissing(isMissing);
    if (!isMissing && !isCreating) create(draft);
  }

  return (
    <form ref={form} onSubmit={submit} noValidate aria-label={addWords.title}>
      <Header title={addWords.title} subtitle={addWords.subtitle}>
        <IconButton icon="close" label={addWords.close} onClick={discard} />
      </Header>
      {failure && <Trouble failure={failure} target={done} />}
      <div className="pad">
        <ContactFields draft={draft} errors={errors} onChange={change} />
      </div>
      <footer className="footer">
        <Button variant="text" onClick={discard}>
          {uiWords.cancel}
        </Button>
        <Button type="submit" variant={failure?.contact ? 'plain' : 'primary'} isBusy={isCreating}>
          {addWords.create}
        </Button>
      </footer>
    </form>
  );
}

function Trouble({ failure, target }: { failure: Failure; target: LinkTarget }) {
  if (failure.code === 'contact_exists' && failure.contact)
    return <ExistingContact contact={failure.contact} target={target} />;
  // Other errors are shown beside their fields.
  const errors = failure.errors?.filter(({ path }) => fieldOf(path) === null);
  return <ActError title={addWords.failed} failure={{ ...failure, errors }} />;
}

function fieldErrors(failure: Failure | null, isNameMissing: boolean): ContactErrors {
  const errors: ContactErrors = isNameMissing ? { name: addWords.nameMissing } : {};
  for (const { path, message } of failure?.errors ?? []) {
    const field = fieldOf(path);
    if (field) errors[field] = message;
  }
  return errors;
}

/** Moves the focus to the first field with an error, or to the offer above the form. At the start, to the name. */
function useFocusOnTrouble(form: { current: HTMLElement | null }, failure: Failure | null, isNameMissing: boolean) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the ref is constant
  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true]');
    const offer = form.current?.querySelector<HTMLElement>('[data-part=note] button');
    (wrong ?? offer ?? form.current?.querySelector('input'))?.focus();
  }, [failure, isNameMissing]);
}
