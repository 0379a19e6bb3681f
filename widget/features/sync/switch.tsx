type Props = {
  /** What a screen reader says: the kind and its direction. */
  label: string;
  text: string;
  isOn: boolean;
  isBusy?: boolean;
  onSwitch(isOn: boolean): void;
};

/** Whether records of a kind travel in a direction. */
export function DirectionSwitch({ label, text, isOn, isBusy = false, onSwitch }: Props) {
  return (
    <label className="check sync-switch">
      <input
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        aria-label={label}
        aria-busy={isBusy || undefined}
        checked={isOn}
        onChange={({ target }) => !isBusy && onSwitch(target.checked)}
      />
      {text}
    </label>
  );
}
