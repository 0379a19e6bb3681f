import { useState } from 'react';
import type { Finish } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { Menu, type MenuItem } from '#widget/ui/menu.tsx';
import { uiWords } from '#widget/ui/words.ts';
import type { DocumentFormState } from './use-document-form.ts';
import { formWords, saveWords } from './words.ts';

type Props = { form: DocumentFormState; opened: Opened; onCancel(): void };

/** One primary button, and a menu of other ways to save that the user's rights allow. */
export function SaveBar({ form, opened, onCancel }: Props) {
  const { draft, isSaving, isLocked, save, choices } = form;
  const [isAsking, setIsAsking] = useState(false);
  const email = choices.contact?.email;
  const choose = (finish: Finish) => (finish === 'approve_and_email' ? setIsAsking(true) : save(finish));
  const ways = listWays(form, opened).map(
    (finish): MenuItem => ({ label: saveWords.finishes[finish], onSelect: () => choose(finish) }),
  );
  return (
    <>
      {isAsking && email && (
        <Confirm
          title={saveWords.emailTitle}
          confirmLabel={saveWords.email}
          isBusy={isSaving}
          onConfirm={() => {
            setIsAsking(false);
            save('approve_and_email');
          }}
          onCancel={() => setIsAsking(false)}
        >
          {saveWords.emailText(email)}
        </Confirm>
      )}
      <footer className="footer">
        <Button variant="text" onClick={onCancel}>
          {isLocked ? formWords.close : uiWords.cancel}
        </Button>
        <span className="small add-document-saving" role="status">
          {isSaving && saveWords.saving}
        </span>
        {ways.length > 0 && !isLocked && <Menu label={saveWords.moreWays} groups={[ways]} />}
        <Button variant="primary" isBusy={isSaving} isDisabled={isLocked} onClick={() => save('draft')}>
          {kindWords[draft.kind].save}
        </Button>
      </footer>
    </>
  );
}

/** Only admins of the CRM may approve. An e-mail needs an address. */
function listWays({ draft, choices }: DocumentFormState, { user }: Opened): Finish[] {
  if (draft.kind === 'quote') return [];
  if (!user.admin) return ['submit'];
  const canEmail = draft.kind === 'invoice' && choices.contact?.email;
  return ['submit', 'approve', ...(canEmail ? (['approve_and_email'] as const) : [])];
}
