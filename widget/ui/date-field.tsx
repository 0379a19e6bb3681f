import type { ComponentProps } from 'react';
import type { TypedDates } from '#widget/lib/typed-dates.ts';
import { Field } from './field.tsx';

type Props = Omit<ComponentProps<typeof Field>, 'value' | 'onChange' | 'onBlur'> & {
  dates: TypedDates;
  /** As it was typed. */
  value: string;
  onValue(text: string): void;
};

/** A date typed in the reader's own way. One that was understood is written out, so that a person sees what was understood. */
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
