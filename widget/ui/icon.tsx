const paths = {
  more: 'M8 3.2v.01M8 8v.01M8 12.8v.01',
  plus: 'M8 3v10M3 8h10',
  external: 'M6.5 3.5h-3v9h9v-3M9.5 3h3.5v3.5M13 3 7.5 8.5',
  refresh: 'M13 8a5 5 0 1 1-1.6-3.7M13 2.5v2.8h-2.8',
  unlink:
    'M6.5 9.5 5 11a2.1 2.1 0 0 1-3-3l1.5-1.5M9.5 6.5 11 5a2.1 2.1 0 0 1 3 3l-1.5 1.5M5.5 3.5 5 2M3.5 5.5 2 5M10.5 12.5l.5 1.5M12.5 10.5l1.5.500',
  link: 'M6.7 9.3a2.4 2.4 0 0 0 3.4 0l2.7-2.7a2.4 2.4 0 0 0-3.4-3.4l-.9.9M9.3 6.7a2.4 2.4 0 0 0-3.4 0L3.2 9.4a2.4 2.4 0 0 0 3.4 3.4l.9-.9',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  warning: 'M8 2.5 14.2 13H1.8L8 2.5ZM8 6.5v3M8 11.4v.01',
  clock: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2ZM8 5v3.2l2 1.3',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.3 10.3 13.5 13.5',
  close: 'm4 4 8 8M12 4l-8 8',
  chevron: 'm5.5 3.5 4.5 4.5-4.5 4.5',
  lock: 'M4 7.2h8v6H4v-6ZM5.7 7V5a2.3 2.3 0 0 1 4.6 0v2',
} as const;

export type IconName = keyof typeof paths;

/** An icon beside text. It never replaces the text. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
