import type { ButtonHTMLAttributes, Ref } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  variant?: 'plain' | 'primary' | 'text' | 'danger';
  icon?: IconName;
  /** A busy button keeps its focus and width, and does nothing. */
  isBusy?: boolean;
  isDisabled?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ variant = 'plain', icon, isBusy, isDisabled, onClick, children, ...rest }: Props) {
  const isOff = isBusy || isDisabled;
  return (
    <button
      type="button"
      {...rest}
      className={`button ${variant}`}
      aria-disabled={isOff || undefined}
      aria-busy={isBusy || undefined}
      onClick={(event) => (isOff ? event.preventDefault() : onClick?.(event))}
    >
      {isBusy ? <span className="spinner" aria-hidden="true" /> : icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}

type IconButtonProps = Omit<Props, 'variant' | 'children' | 'icon'> & { icon: IconName; label: string };

export function IconButton({ icon, label, isBusy, isDisabled, onClick, ...rest }: IconButtonProps) {
  const isOff = isBusy || isDisabled;
  return (
    <button
      type="button"
      {...rest}
      className="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={isOff || undefined}
      data-busy={isBusy || undefined}
      onClick={(event) => (isOff ? event.preventDefault() : onClick?.(event))}
    >
      <Icon name={icon} />
    </button>
  );
}
