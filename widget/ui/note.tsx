import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Props = {
  tone: 'danger' | 'warn' | 'good' | 'plain';
  icon: IconName;
  title: string;
  reason?: ReactNode;
  /** Announced at once with the reason. Content that changes later belongs in the children. */
  isAlert?: boolean;
  children?: ReactNode;
  action?: ReactNode;
};

/** A note at the place it is about. */
export function Note({ tone, icon, title, reason, isAlert, children, action }: Props) {
  return (
    <section data-part="note" className={`note ${tone}`} aria-label={title}>
      <Icon name={icon} />
      <div className="note-content">
        <div className="note-words">
          <div role={isAlert ? 'alert' : undefined}>
            <strong>{title}</strong> {reason && <div className="small">{reason}</div>}
          </div>
          {children && <div className="small">{children}</div>}
        </div>
        {action && <div>{action}</div>}
      </div>
    </section>
  );
}
