import { overviewWords } from './words.ts';

type Props = {
  /** The kind that is sent. */
  name: string;
  isOn: boolean;
  isBusy?: boolean;
  onSwitch(isOn: boolean): void;
};

/** Whether records of a kind are sent to Xero. */
export function SendSwitch({ name, isOn, isBusy = false, onSwitch }: Props) {
  return (
    <label className="check sync-switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        aria-label={overviewWords.sendKind(name)}
        aria-busy={isBusy || undefined}
        checked={isOn}
        onChange={({ target }) => !isBusy && onSwitch(target.checked)}
      />
      {overviewWords.toXero}
    </label>
  );
}
