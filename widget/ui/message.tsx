import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Props = { icon: IconName; title: string; children: ReactNode; action?: ReactNode };

/** A screen with one message. */
export function Message({ icon, title, children, action }: Props) {
  return (
    <div className="message">
      <span className="message-icon">
        <Icon name={icon} />
      </span>
      <h1 tabIndex={-1}>{title}</h1>
      <p>{children}</p>
      {action && <div className="message-action">{action}</div>}
    </div>
  );
}
