import { type InputHTMLAttributes, useEffect, useState } from 'react';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'checked' | 'onChange'> & {
  isTicked: boolean;
  onTick(isTicked: boolean): void;
  /** The box goes back to `isTicked` when this changes, as after a refusal. */
  resetBy?: unknown;
};

/** Shows the person's choice at once, until its outcome is known. */
export function Tick({ isTicked, onTick, resetBy, ...rest }: Props) {
  const [wanted, setWanted] = useState<boolean | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer replaces the pending choice
  useEffect(() => setWanted(null), [isTicked, resetBy]);
  return (
    <input
      {...rest}
      type="checkbox"
      checked={wanted ?? isTicked}
      onChange={({ target }) => {
        setWanted(target.checked);
        onTick(target.checked);
      }}
    />
  );
}
