import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react';

type Own = { label: string; error?: string };
type FieldProps = InputHTMLAttributes<HTMLInputElement> & Own & { ref?: Ref<HTMLInputElement> };

export function Field({ label, error, className, ...input }: FieldProps) {
  return (
    <Labelled {...{ label, error, className }}>
      {(wiring) => <input {...input} {...wiring} className="input" />}
    </Labelled>
  );
}

/** A field for several lines. It grows with its text. */
export function TextField({ label, error, className, ...area }: TextareaHTMLAttributes<HTMLTextAreaElement> & Own) {
  return (
    <Labelled {...{ label, error, className }}>
      {(wiring) => <textarea rows={1} {...area} {...wiring} className="input text-area" />}
    </Labelled>
  );
}

type Wiring = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined };
type Props = { [Name in 'error' | 'className']?: string | undefined } & {
  label: string;
  children: (wiring: Wiring) => ReactNode;
};

/** Links label and error to the control for screen readers. */
export function Labelled({ label, error, className = '', children }: Props) {
  const id = useId();
  const hasError = error !== undefined;
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': hasError || undefined,
        'aria-describedby': hasError ? `${id}-error` : undefined,
      })}
      {hasError && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
