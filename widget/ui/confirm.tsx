import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './button.tsx';
import { uiWords } from './words.ts';

type Props = {
  title: string;
  children: ReactNode;
  confirmLabel: string;
  /** Default: the usual word. */
  cancelLabel?: string;
  isBusy: boolean;
  onConfirm(): void;
  onCancel(): void;
};

/** Asks for a confirmation in the flow of the page, because a short frame would cut off a dialog. */
export function Confirm({
  title,
  children,
  confirmLabel,
  cancelLabel = uiWords.cancel,
  isBusy,
  onConfirm,
  onCancel,
}: Props) {
  const id = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    cancel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <div
      className="note confirm"
      role="alertdialog"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      onKeyDown={(event) => event.key === 'Escape' && onCancel()}
    >
      <div className="note-words">
        <strong id={`${id}-title`}>{title}</strong>
        <div className="small" id={`${id}-text`}>
          {children}
        </div>
        <div className="row">
          <Button variant="danger" isBusy={isBusy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
          <Button ref={cancel} onClick={onCancel}>
            {cancelLabel}
          </Button>
        </div>
      </div>
    </div>
  );
}
