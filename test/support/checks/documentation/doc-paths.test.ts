import { describe, expect, test } from 'vitest';
import { findMissing } from './doc-paths.ts';

const there = new Set(['README.md', 'server/README.md', 'server/xero', 'server/xero/errors.ts']);
const tree = { has: (path: string) => there.has(path.replace(/\/$/, '')), names: new Set(['errors.ts']) };
const [plan, gone] = [`design.${'md'}`, `server/gone.${'ts'}`];
function missing(file: string, wanted: string) {
  return [`${file} names ${wanted}, which does not exist`];
}

describe('what a file cites', () => {
  test('reports a missing document, also in code', () => {
    expect(findMissing('server/a.ts', `/** Once (${plan}, Writes). */`, tree)).toEqual(missing('server/a.ts', plan));
    expect(findMissing('server/README.md', `See ${plan}.`, tree)).toEqual(missing('server/README.md', plan));
  });

  test('a document beside the file, from the root, or on the web is fine', () => {
    expect(findMissing('server/a.ts', '// README.md, server/README.md, https://x.example/any.md', tree)).toEqual([]);
  });
});

describe('what a document names', () => {
  test('reports links, paths, folders and file names that do not exist', () => {
    const wanted = ['xero/none', gone, 'server/none/', `none.${'ts'}`];
    const text = `[a](${wanted[0]}) ${wanted[1]} \`${wanted[2]}\` \`${wanted[3]}\``;
    expect(findMissing('server/README.md', text, tree)).toEqual(
      wanted.flatMap((path) => missing('server/README.md', path)),
    );
  });

  test('what is there, built, an anchor or an address is fine', () => {
    const text =
      '[a](xero) [b](#part) [c](README.md#part) [d](https://x.example/a.ts) xero/errors.ts `server/xero/` `errors.ts` ' +
      'dist/server/main.js https://x.example/lib/embed.js `#shared/money.ts`';
    expect(findMissing('server/README.md', text, tree)).toEqual([]);
  });

  test('code may name any path, as the compiler and other checks hold those', () => {
    expect(findMissing('server/a.ts', `// ${gone}`, tree)).toEqual([]);
  });
});
