import type { ComponentProps } from 'react';
import type { TypedDates } from '#widget/lib/typed-dates.ts';
import { Field } from './field.tsx';

type Props = Omit<ComponentProps<typeof Field>, 'value' | 'onChange' | 'onBlur'> & {
  dates: TypedDates;
  /** The typed text. */
  value: string;
  onValue(text: string): void;
};

/**
 * A field for a date in the reader's own format. A date that was understood is written out, so that a person can
 * check it.
 */
export function DateField({ dates, value, onValue, ...field }: Props) {
  const tidy = () => {
    const date = dates.readDate(value);
    const text = date === null ? value : dates.writeDate(date);
    if (text !== value) onValue(text);
  };
  return (
    <Field
      {...field}
      autoComplete="off"
      value={value}
      onChange={(event) => onValue(event.target.value)}
      onBlur={tidy}
    />
  );
}
