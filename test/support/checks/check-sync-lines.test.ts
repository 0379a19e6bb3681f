import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

const page = 'server/docs/sync-lines.md';

/** Where the tests lie that the page names. */
function toPath(file: string): string {
  return file.includes('/') ? file : `test/integration/sync/${file}`;
}

/** The titles on the page with the file that stands before each. */
async function listTitles(): Promise<{ file: string; title: string }[]> {
  const text = await readFile(page, 'utf8');
  const titles: { file: string; title: string }[] = [];
  let file = '';
  for (const [, name, title] of text.matchAll(/`([^`]+\.test\.ts)`|“([^”]+)”/g)) {
    if (name !== undefined) file = name;
    else if (title !== undefined) titles.push({ file, title });
  }
  return titles;
}

test('every test that the page about sync names is there under its title', async () => {
  const titles = await listTitles();
  expect(titles.length).toBeGreaterThan(50);
  const missing = [];
  for (const { file, title } of titles) {
    if (!(await readFile(toPath(file), 'utf8')).includes(title)) missing.push(`${file}: ${title}`);
  }
  expect(missing).toEqual([]);
});
