import { describe, expect, test } from 'vitest';
import { checkRooms, findCircles, findForbiddenImports, findUnusedPermissions } from './check-rooms.ts';

/** Where a forbidden import is planted, and the file that it imports. */
const forbidden = [
  ['server/store/planted.ts', 'server/use-cases/view/get-view.ts'],
  ['server/ledger/entries/planted.ts', 'server/use-cases/view/get-view.ts'],
  ['server/ledger/sums/planted.ts', 'server/use-cases/view/get-view.ts'],
  ['server/use-cases/view/planted.ts', 'server/http/app.ts'],
  ['server/use-cases/writes/planted.ts', 'server/start/serve.ts'],
  ['server/use-cases/view/planted.ts', 'widget/session/use-view.ts'],
  ['shared/planted.ts', 'server/deps.ts'],
  ['shared/contract/planted.ts', 'widget/session/frame.ts'],
  ['widget/features/deal/planted.tsx', 'widget/features/documents/words.ts'],
  ['widget/features/deal/planted.tsx', 'server/deps.ts'],
  ['widget/ui/planted.tsx', 'widget/features/deal/words.ts'],
  ['widget/lib/planted.ts', 'widget/ui/button.tsx'],
  ['widget/session/planted.ts', 'widget/features/link/words.ts'],
  ['server/xero/documents/planted.ts', 'server/ledger/ledger.ts'],
  ['server/xero/calling/planted.ts', 'server/use-cases/view/get-view.ts'],
  ['server/cache/planted.ts', 'server/store/store.ts'],
  ['test/sandbox/xero/planted.ts', 'server/xero/deep-links.ts'],
  ['test/sandbox/crm/planted.ts', 'shared/money.ts'],
] as const;

function toRelative(from: string, to: string): string {
  const up = '../'.repeat(from.split('/').length - 1);
  return `${up === '' ? './' : up}${to}`;
}

function plant(specifier: string): Record<string, string> {
  return {
    value: `import { a } from '${specifier}';`,
    'type-only': `import type { A } from '${specifier}';`,
    're-exported': `export { a } from '${specifier}';`,
    'for its effect': `import '${specifier}';`,
    dynamic: `const later = () => import('${specifier}');`,
    'type of an import': `type A = import('${specifier}').A;`,
  };
}

describe.each(forbidden)('%s → %s', (file, target) => {
  const forms = { alias: plant(`#${target}`), relative: plant(toRelative(file, target)) };
  const cases = Object.entries(forms).flatMap(([how, texts]) =>
    Object.entries(texts).map(([form, text]) => ({ how, form, text })),
  );
  test.each(cases)('is refused by $how, $form', ({ text }) => {
    expect(findForbiddenImports(file, text)).toHaveLength(1);
  });
});

test('a use case may know the types of Xero, never what runs', () => {
  const file = 'server/use-cases/view/planted.ts';
  expect(findForbiddenImports(file, `import type { Ask } from '#server/xero/calling/ask.ts';`)).toEqual([]);
  expect(findForbiddenImports(file, `import { type Ask } from '#server/xero/calling/ask.ts';`)).toEqual([]);
  expect(findForbiddenImports(file, `import { buildAsk, type Ask } from '#server/xero/calling/ask.ts';`)).toEqual([
    'server/use-cases/view/planted.ts imports #server/xero/calling/ask.ts: server/use-cases/view may import only types of server/xero/calling',
  ]);
});

test.each([
  ['server/use-cases/view/planted.ts', 'redis'],
  ['server/use-cases/view/planted.ts', 'kysely'],
  ['server/ledger/planted.ts', 'xero-node/dist/gen/api/accountingApi.js'],
  ['server/xero/documents/planted.ts', 'xero-node/dist/gen/api/accountingApi.js'],
  ['server/xero/contacts/planted.ts', 'xero-node'],
  ['server/http/planted.ts', 'pg'],
  ['widget/lib/planted.ts', '@tanstack/react-query'],
  ['shared/planted.ts', 'react'],
])('%s may not import the package %s', (file, specifier) => {
  expect(findForbiddenImports(file, `import { a } from '${specifier}';`)).toHaveLength(1);
});

test.each(['documents', 'contacts', 'organisation'])('no question to Xero is built in server/xero/%s', (room) => {
  const file = `server/xero/${room}/planted.ts`;
  const text = `import { buildQuestion } from '#server/xero/calling/send-question.ts';`;
  expect(findForbiddenImports(file, text)).toHaveLength(1);
});

test('imports are relative within a room and begin with # between rooms', () => {
  expect(findForbiddenImports('server/store/a.ts', `import { b } from './b.ts';`)).toEqual([]);
  expect(findForbiddenImports('server/store/a.ts', `import { b } from '#server/store/b.ts';`)).toHaveLength(1);
  expect(findForbiddenImports('server/store/a.ts', `import { b } from '../clock.ts';`)).toHaveLength(1);
  expect(findForbiddenImports('server/store/a.ts', `import { b } from '#server/clock.ts';`)).toEqual([]);
});

test('reports a file outside every room', () => {
  const outside = ['attic/a.ts', 'server/attic/a.ts', 'shared/attic/a.ts', 'widget/attic/a.ts', 'test/attic/a.ts'];
  for (const file of outside) expect(findForbiddenImports(file, '')).toEqual([`${file} is in no room of the table`]);
  const text = `import { a } from '#server/attic/a.ts';`;
  expect(findForbiddenImports('server/store/planted.ts', text)).toHaveLength(1);
});

test.each([
  ['an expression', `const later = (name: string) => import(\`#server/${'$'}{name}.ts\`);`],
  ['a variable', `const later = (name: string) => import(name);`],
  ['a joined text', `const later = () => import('#server/use-' + 'cases/a.ts');`],
  ['import.meta.glob', `const all = import.meta.glob('../use-cases/**');`],
  ['require', `const a = require('../use-cases/view/get-view.ts');`],
  ['import = require', `import a = require('../use-cases/view/get-view.ts');`],
  ['createRequire', `const a = createRequire(import.meta.url);`],
])('a file that is loaded by %s is refused', (_how, text) => {
  expect(findForbiddenImports('server/store/planted.ts', text)).toHaveLength(1);
});

test.each([
  ['an export of nothing', `export {} from '#server/use-cases/view/get-view.ts';`],
  ['steps within an alias', `import { a } from '#server/store/../use-cases/view/get-view.ts';`],
  ['a fixture', `import { a } from './planted.fixture.ts';`],
  ['a test', `import { a } from './planted.test.ts';`],
])('%s cannot go round the table', (_how, text) => {
  expect(findForbiddenImports('server/store/planted.ts', text)).toHaveLength(1);
});

describe('a circle of rooms', () => {
  const view = {
    file: 'server/use-cases/view/planted.ts',
    text: `import { a } from '#server/use-cases/contacts/a.ts';`,
  };
  const contacts = (text: string) => ({ file: 'server/use-cases/contacts/planted.ts', text });
  const writes = {
    file: 'server/use-cases/writes/planted.ts',
    text: `import { v } from '#server/use-cases/view/v.ts';`,
  };

  test.each(['import', 'export'])('of two rooms is refused, by %s', (how) => {
    expect(findCircles([view, contacts(`${how} { v } from '#server/use-cases/view/v.ts';`)])).toEqual([
      'server/use-cases/view/planted.ts imports #server/use-cases/contacts/a.ts: server/use-cases/view and server/use-cases/contacts import each other, perhaps through other rooms',
      'server/use-cases/contacts/planted.ts imports #server/use-cases/view/v.ts: server/use-cases/contacts and server/use-cases/view import each other, perhaps through other rooms',
    ]);
  });

  test('of three rooms is refused', () => {
    expect(findCircles([view, contacts(`import { w } from '#server/use-cases/writes/w.ts';`), writes])).toHaveLength(3);
  });

  test('of types is allowed, and so is one room that imports another', () => {
    expect(findCircles([view, contacts(`import type { V } from '#server/use-cases/view/v.ts';`), writes])).toEqual([]);
  });

  test('of a test file is allowed', () => {
    const text = `import { v } from '#server/use-cases/view/v.ts';`;
    expect(findCircles([view, { file: 'server/use-cases/contacts/planted.test.ts', text }])).toEqual([]);
  });
});

describe('a permission', () => {
  const table = [{ path: 'server/a', imports: ['shared/*', 'server', 'server/b'] }];
  const b = '#server/use-cases/writes/b.ts';
  const room = { path: 'server/use-cases/view', imports: ['server', 'server/use-cases/writes'] };
  const using = (text: string) => [{ file: 'server/use-cases/view/planted.ts', text }];

  test('that no code uses is refused, but not one that every room has', () => {
    expect(findUnusedPermissions([], table)).toEqual([
      'server/a need not be allowed to import server/b: no code of it does',
    ]);
  });

  test('that code uses is allowed; types do not count', () => {
    expect(findUnusedPermissions(using(`import { b } from '${b}';`), [room])).toEqual([]);
    expect(findUnusedPermissions(using(`import type { B } from '${b}';`), [room])).toHaveLength(1);
  });
});

test('the house itself holds the table', async () => {
  expect(await checkRooms()).toEqual([]);
});
