import type { XeroContact } from '#shared/contract/xero-contact.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Note } from '#widget/ui/note.tsx';
import type { LinkTarget } from './link-target.ts';
import { useLink } from './use-link.ts';
import { addWords, linkWords } from './words.ts';

type Props = { contact: XeroContact; target: LinkTarget };

/** The name is taken, so the contact that has it is offered. */
export function ExistingContact({ contact, target }: Props) {
  const { link, linking, failure } = useLink(target);
  return (
    <>
      <Note
        tone="warn"
        icon="warning"
        title={addWords.existsTitle(contact.name)}
        reason={addWords.exists}
        isAlert
        action={
          <Button variant="primary" isBusy={linking !== undefined} onClick={() => link(contact)}>
            {addWords.linkExisting(contact.name)}
          </Button>
        }
      />
      {failure && <ActError title={linkWords.linkFailed} failure={failure} />}
    </>
  );
}
