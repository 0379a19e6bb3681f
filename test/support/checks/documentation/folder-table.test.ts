import { expect, test } from 'vitest';
import { findFolderFaults } from './folder-table.ts';

const files = ['README.md', 'server/a.ts', 'server/xero/b.ts'];

test('a sentence for each folder is fine', () => {
  expect(findFolderFaults(files, '| `server/` | The server. |\n| `server/xero/` | Xero. |')).toEqual([]);
});

test('reports a folder without a sentence and one without files', () => {
  expect(findFolderFaults(files, '| `server/` | The server. |\n| `gone/` | Gone. |')).toEqual([
    'README.md lacks a sentence for server/xero/',
    'README.md lists gone/, which has no files',
  ]);
});

test('reports a folder that holds only folders', () => {
  const deep = ['README.md', 'server/docs/decisions/README.md'];
  expect(findFolderFaults(deep, '| `server/` | The server. |\n| `server/docs/decisions/` | Decisions. |')).toEqual([
    'README.md lacks a sentence for server/docs/',
  ]);
});
