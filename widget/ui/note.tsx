import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Props = {
  tone: 'danger' | 'warn' | 'good' | 'plain';
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
};

/** Says what happened, right where it matters. */
export function Note({ tone, icon, title, children, action }: Props) {
  return (
    <section className={`note ${tone}`} aria-label={title}>
      <Icon name={icon} />
      <div className="note-words">
        <strong>{title}</strong>
        {children && <div className="small">{children}</div>}
      </div>
      {action && <div className="note-action">{action}</div>}
    </section>
  );
}
