import { type ReactNode, useState } from 'react';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Combobox } from '#widget/ui/fields/combobox.tsx';
import { useContactSearch } from './use-contact-search.ts';
import type { Linking } from './use-link.ts';
import { linkWords } from './words.ts';

type Props = {
  linking: Linking;
  hasFocus?: boolean;
  /** Shown above the box until a person types. */
  children?: ReactNode;
};

/** Searches all contacts of the organisation, as Xero's search does. */
export function ContactSearch({ linking, hasFocus, children }: Props) {
  const [text, setText] = useState('');
  const { contacts, failure, status, isFetching, retry } = useContactSearch(text);
  return (
    <>
      {text.trim() === '' && children}
      <Combobox
        label={linkWords.searchLabel}
        placeholder={linkWords.searchPlaceholder}
        text={text}
        onText={setText}
        items={contacts}
        keyOf={({ id }) => id}
        onPick={(contact) => linking.linking || linking.link(contact)}
        status={status}
        hasFocus={hasFocus}
      >
        {(contact) => <Found contact={contact} isLinking={linking.linking?.id === contact.id} />}
      </Combobox>
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={retry} />}
    </>
  );
}

function Found({ contact, isLinking }: { contact: XeroContact; isLinking: boolean }) {
  const details = [contact.email, contact.accountNumber].filter((text) => text !== null).join(' · ');
  return (
    <>
      <span className="card-words">
        <b title={contact.name}>{contact.name}</b>
        {details && (
          <span className="small" title={details}>
            {details}
          </span>
        )}
      </span>
      {isLinking ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        <span className="link-option-act">{linkWords.link}</span>
      )}
    </>
  );
}
