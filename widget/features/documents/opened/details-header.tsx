import { useEffect, useRef } from 'react';
import { IconButton } from '#widget/ui/button.tsx';

type Props = { title: string; subtitle?: string; backLabel: string; onBack(): void };

/** The button back, then the heading, which takes the focus when it appears. */
export function DetailsHeader({ title, subtitle, backLabel, onBack }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <header className="header documents-header">
      <IconButton icon="chevron" label={backLabel} onClick={onBack} />
      <div className="header-id">
        <h1 tabIndex={-1} title={title} ref={heading}>
          <span className="clip">{title}</span>
        </h1>
        {subtitle && <div className="small clip">{subtitle}</div>}
      </div>
    </header>
  );
}
