import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { CalendarDate } from '#shared/calendar.ts';
import { createTypedDates, todayIn } from '#widget/lib/typed-dates.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { DateField } from '#widget/ui/fields/date-field.tsx';
import { dateProblem } from '#widget/ui/fields/date-words.ts';
import { uiWords } from '#widget/ui/words.ts';
import { dueDateWords } from '../words.ts';

type Props = {
  confirmLabel: string;
  /** Today's date in the organisation, which becomes the invoice's date. */
  timeZone: string | undefined;
  /** The date that the server refused, with its reason. */
  refused: { dueDate: CalendarDate | undefined; message: string } | null;
  /** It was sent and its outcome is unknown, so the date cannot be changed. */
  isLocked: boolean;
  isBusy: boolean;
  onConfirm(dueDate: CalendarDate): void;
  onCancel(): void;
};

/** Asks when the invoice is due, if Xero knows no payment terms. */
export function DueDateQuestion({ confirmLabel, timeZone, refused, isLocked, isBusy, onConfirm, onCancel }: Props) {
  const id = useId();
  const { format } = useFrame();
  const today = todayIn(format.now(), timeZone);
  const dates = createTypedDates(format.locale, today);
  const [text, setText] = useState('');
  const [misread, setMisread] = useState<string | null>(null);
  const date = dates.readDate(text);
  const field = useFieldFocus(isBusy || isLocked);
  const problem = misread === text ? dateProblem(dates, today) : undefined;
  const refusal = refused && date !== null && refused.dueDate === date ? refused.message : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (date === null) {
      setMisread(text);
      field.current?.focus();
      return;
    }
    // Writes out the date that is sent, also if Enter is pressed inside the field.
    setText(dates.writeDate(date));
    onConfirm(date);
  };
  return (
    <div
      className="note confirm documents-due-date"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <form className="note-words" noValidate onSubmit={submit}>
        <strong id={`${id}-title`}>{dueDateWords.title}</strong>
        <p className="small" id={`${id}-text`}>
          {dueDateWords.text}
        </p>
        <DateField
          ref={field}
          label={dueDateWords.label}
          name="dueDate"
          dates={dates}
          value={text}
          readOnly={isLocked || isBusy}
          error={problem ?? refusal}
          onValue={setText}
        />
        <div className="row">
          <Button variant="primary" type="submit" isBusy={isBusy}>
            {confirmLabel}
          </Button>
          <Button onClick={onCancel}>{uiWords.cancel}</Button>
        </div>
      </form>
    </div>
  );
}

/** Moves the focus into the field when it can be typed in, and afterwards back to where it was. */
function useFieldFocus(isClosed: boolean) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  useEffect(() => {
    if (!isClosed) field.current?.focus();
  }, [isClosed]);
  return field;
}
