import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { IconButton } from './button.tsx';
import { Icon, type IconName } from './icon.tsx';

export type MenuItem = {
  label: string;
  icon?: IconName;
  tone?: 'danger';
  /** A link opens a new tab. Other entries call `onSelect`. */
  href?: string;
  onSelect?(): void;
};

type Props = { label: string; groups: readonly (readonly MenuItem[])[] };

/** The ⋮ menu, a native popover. The page grows to hold an open menu, because frames are often short. */
export function Menu({ label, groups }: Props) {
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  useMenuPlace(isOpen, menu, button);
  const shown = groups.filter((group) => group.length > 0);
  return (
    <>
      <IconButton
        ref={button}
        icon="more"
        label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        popoverTarget={id}
      />
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        className="menu"
        onKeyDown={walk}
        onToggle={(event) => setIsOpen(event.newState === 'open')}
      >
        {shown.map((group, index) => (
          <div key={group[0]?.label} role="none">
            {index > 0 && <hr />}
            {group.map((item) => (
              <Entry key={item.label} item={item} close={() => menu.current?.hidePopover()} />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

function Entry({ item: { label, icon, tone, href, onSelect }, close }: { item: MenuItem; close(): void }) {
  const choose = () => {
    close();
    onSelect?.();
  };
  const common = { role: 'menuitem', tabIndex: -1, className: tone ?? '', onClick: choose };
  const content = (
    <>
      {icon && <Icon name={icon} />}
      {label}
    </>
  );
  if (!href)
    return (
      <button type="button" {...common}>
        {content}
      </button>
    );
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" {...common}>
      {content}
    </a>
  );
}

function walk(event: KeyboardEvent<HTMLElement>) {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.findIndex((item) => item.matches(':focus'));
  const next = nextIndex(event.key, at, items.length);
  if (next === null) return;
  event.preventDefault();
  items[next]?.focus();
}

function nextIndex(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowUp':
      return at <= 0 ? count - 1 : at - 1;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

type Box = { current: HTMLElement | null };

function useMenuPlace(isOpen: boolean, menu: Box, button: Box) {
  useEffect(() => {
    const { current: panel } = menu;
    const { current: opener } = button;
    const root = document.getElementById('root');
    if (!isOpen || !panel || !opener || !root) return;
    const place = () => {
      const { bottom, right } = opener.getBoundingClientRect();
      panel.style.top = `${bottom + window.scrollY + 4}px`;
      const { clientWidth } = document.documentElement;
      // Keeps the menu inside the frame if its button is far to the left.
      panel.style.right = `${Math.max(0, Math.min(clientWidth - right, clientWidth - panel.offsetWidth - 8))}px`;
      root.style.minHeight = `${panel.offsetTop + panel.offsetHeight + 12}px`;
    };
    place();
    window.addEventListener('resize', place);
    panel.querySelector<HTMLElement>('[role=menuitem]')?.focus();
    return () => {
      window.removeEventListener('resize', place);
      root.style.minHeight = '';
    };
  }, [isOpen, menu, button]);
}
