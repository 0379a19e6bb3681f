import { expect, test } from 'vitest';
import { findVisibleText, hasVisibleText } from './visible-text.ts';

function find(source: string) {
  return findVisibleText('one.tsx', source).map(({ line, text }) => `${line} ${text}`);
}

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

test.each([
  ['a title by kind', "const titles = { quote: 'Add Quote' };", 'Add Quote'],
  [
    'the detail of a refusal',
    "throw new AppError('not_found', { detail: 'Settings have no view' });",
    'Settings have no view',
  ],
  ['a limit', `const one = \`A deal has at most \${most} bills\`;`, 'A deal has at most'],
  ['a note for Xero', `const note = \`Added from \${crm} by \${user}\`;`, 'Added from'],
  ['a column of an export', "const columns = [['Record (ID)', read]];", 'Record (ID)'],
  ['text of a page', `const page = html\`<p class="Big Red">\${words.text} here</p>\`;`, '… here'],
])('%s is found in a file without elements', (_what, source, text) => {
  expect(findVisibleText('one.ts', source).map((found) => found.text)).toEqual([text]);
});

test('log lines, errors for developers and markup without text are not found', () => {
  const source = `
    request.log.warn({ code }, 'The form did not come from our page');
    throw new RangeError(\`No room for \${name}\`);
    const page = html\`<a class="action" href="\${url}">\${words.back}</a>\`;`;
  expect(findVisibleText('one.ts', source)).toEqual([]);
});

test.each([
  'widget/embed/widget-element.ts',
  'widget/features/deal/deal-bar.tsx',
  'server/http/pages/page.ts',
  'server/http/routes/audit-csv.ts',
  'server/identity/verify-record-token.ts',
  'server/use-cases/documents/lists/choose-documents.ts',
])('%s may not have text for people', (file) => {
  expect(hasVisibleText(file)).toBe(true);
});

test.each([
  'widget/embed/words.ts',
  'widget/ui/documents/document-words.ts',
  'widget/session/host/host.test.ts',
  'widget/embed/vite.config.ts',
  'widget/ui/styles/form.css',
  'server/cli/workspace.ts',
  'test/bench/report.ts',
])('%s may', (file) => {
  expect(hasVisibleText(file)).toBe(false);
});

test('a fault has the line of its text', () => {
  expect(find('const one = 1;\nconst two = <b>Two</b>;')).toEqual(['2 Two']);
});
