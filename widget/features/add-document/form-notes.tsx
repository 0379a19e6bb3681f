import type { DocumentKind } from '#shared/contract/document.ts';
import { reasonOf } from '#widget/session/failures/error-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import type { DocumentDraft } from './draft/draft.ts';
import type { DocumentFormState } from './use-document-form.ts';
import { formWords, saveWords } from './words.ts';

type Props = { form: DocumentFormState; kind: DocumentKind };

/** The notes above the fields: an unknown outcome, errors, and restored text. */
export function FormNotes({ form, kind }: Props) {
  const { isUnknown, isSaving, isLocked, errors, failure } = form;
  if (isUnknown) return failure?.write?.state === 'undecided' ? <SeveralFound /> : <UnknownOutcome form={form} />;
  if (isSaving) return null;
  const count = Object.keys(errors).length;
  return (
    <>
      {failure && count === 0 && <ActError title={saveWords.failed(kind)} failure={failure} />}
      {count > 0 && <ErrorSummary form={form} kind={kind} />}
      {!isLocked && !failure && count === 0 && <Restored form={form} />}
    </>
  );
}

function UnknownOutcome({ form: { failure, retry } }: Pick<Props, 'form'>) {
  return (
    <div data-part="outcome">
      <Note
        tone="warn"
        icon="clock"
        title={saveWords.unknownTitle}
        reason={
          <>
            {failure && failure.code !== 'outcome_unknown' && `${reasonOf(failure.code)} `}
            {saveWords.unknown}
          </>
        }
        isAlert
        action={
          <Button variant="primary" onClick={retry}>
            {uiWords.retry}
          </Button>
        }
      />
    </div>
  );
}

/** The figures' screen shows the candidates side by side, so nothing can be done here. */
function SeveralFound() {
  return <Note tone="warn" icon="clock" title={saveWords.severalTitle} reason={saveWords.several} isAlert />;
}

/** Lists all errors, each with a button that leads to its field. */
function ErrorSummary({ form: { errors, otherTrouble, draft }, kind }: Props) {
  const entries = Object.entries(errors);
  const go = (field: string) => document.querySelector<HTMLElement>(`[name="${CSS.escape(field)}"]`)?.focus();
  return (
    <div data-part="trouble" className="add-document-trouble" tabIndex={-1}>
      <Note
        tone="danger"
        icon="warning"
        title={`${saveWords.failed(kind)}: ${saveWords.fields(entries.length)}`}
        isAlert
      >
        <ul>
          {entries.map(([field, message]) => (
            <li key={field}>
              {field === 'contactId' ? (
                message
              ) : (
                <button type="button" className="add-document-to-field" onClick={() => go(field)}>
                  {fieldLabel(field, draft)}: {message}
                </button>
              )}
            </li>
          ))}
          {otherTrouble.map((message) => (
            <li key={message}>{message}</li>
          ))}
        </ul>
      </Note>
    </div>
  );
}

function Restored({ form: { restored, startOver, attachments } }: Pick<Props, 'form'>) {
  const { format } = useFrame();
  if (!restored) return null;
  const lost = restored.fileNames.filter((name) => !attachments.files.some((file) => file.name === name));
  return (
    <Note
      tone="plain"
      icon="clock"
      title={formWords.restored(format.moment(restored.keptAt))}
      reason={lost.length > 0 && formWords.restoredFiles(lost.join(', '))}
      action={
        <Button variant="text" onClick={startOver}>
          {formWords.startOver}
        </Button>
      }
    />
  );
}

/** The name of a field on the screen, with its line if it has one. */
function fieldLabel(field: string, { kind, lines }: DocumentDraft): string {
  const [first = '', id, part = ''] = field.split('.');
  if (first === 'dueDate') return kindWords[kind].lastDate;
  if (first !== 'lines') return headLabels[first] ?? first;
  const place = lines.findIndex((line) => line.id === id) + 1;
  return `${formWords.line(place)}, ${lineLabels[part] ?? part}`;
}

const headLabels: Readonly<Record<string, string>> = {
  date: formWords.date,
  title: formWords.title,
  summary: formWords.summary,
  terms: formWords.terms,
  reference: formWords.reference,
  number: formWords.number,
  currency: formWords.currency,
  brandingThemeId: formWords.branding,
};

const lineLabels: Readonly<Record<string, string>> = {
  description: formWords.description,
  quantity: formWords.quantity,
  unitAmount: formWords.price,
  discount: formWords.discount,
  accountCode: formWords.account,
  taxType: formWords.tax,
  tracking: formWords.tracking,
};
