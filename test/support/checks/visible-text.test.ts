import { expect, test } from 'vitest';
import { findVisibleText } from './visible-text.ts';

const find = (source: string) => findVisibleText('one.tsx', source).map(({ line, text }) => `${line} ${text}`);

test.each([
  ['text of an element', '<p>\n  Not found\n</p>', 'Not found'],
  ['a side of a condition', "<p>{isAll ? 'all' : words.some}</p>", 'all'],
  ['a label for screen readers', '<p aria-label="Close" />', 'Close'],
  ['a title made of parts', `<p title={\`of \${name}\`} />`, 'of'],
  ['a prop that becomes a label', '<Confirm cancelLabel="Keep" />', 'Keep'],
  ['a placeholder behind a condition', "<input placeholder={isEmpty && 'Name'} />", 'Name'],
  ['a sentence outside of elements', "note(<p />, 'Nothing was saved')", 'Nothing was saved'],
])('%s is found', (_what, source, text) => {
  expect(find(`const one = ${source};`)).toEqual([`1 ${text}`]);
});

test('words of a catalogue, signs, class names and comparisons are not found', () => {
  const source = `const one = (
    <p className="note warn" title={words.title}>
      {words.text} · {count}× {'≈ '}
      {kind === 'bill' && words.bill}
    </p>
  );`;
  expect(find(source)).toEqual([]);
});

test('a fault has the line of its text', () => {
  expect(find('const one = 1;\nconst two = <b>Two</b>;')).toEqual(['2 Two']);
});
