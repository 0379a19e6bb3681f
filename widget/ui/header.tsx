import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { uiWords } from './words.ts';

type Props = { title: string; subtitle?: ReactNode; href?: string | null; children?: ReactNode };

/** The title of a screen. Its heading takes the focus after an action, so that a screen reader starts there. */
export function Header({ title, subtitle, href, children }: Props) {
  return (
    <header className="header">
      <div className="header-id">
        <h1 tabIndex={-1} title={title}>
          {href ? (
            <a href={href} target="_blank" rel="noopener noreferrer">
              <span className="clip">{title}</span>
              <Icon name="external" />
              <span className="sr"> {uiWords.opensXero}</span>
            </a>
          ) : (
            <span className="clip">{title}</span>
          )}
        </h1>
        {subtitle && <p className="small header-sub">{subtitle}</p>}
      </div>
      {children}
    </header>
  );
}
