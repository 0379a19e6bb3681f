import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { listFiles } from '../../list-files.ts';
import { projectRoot } from '../../programs/run-command.ts';

/** One file of a `docs/decisions` folder; `name` without the folder. */
type DecisionFile = { name: string; text: string };

const index = 'README.md';
const inFolder = /(^|\/)docs\/decisions\/[^/]+$/;

/**
 * Decision records must be numbered without gaps, dated, in the order of their dates, and listed in their folder's
 * README.
 */
export async function checkDecisions(): Promise<string[]> {
  const files = listFiles().filter((file) => inFolder.test(file));
  const folders = [...new Set(files.map((file) => posix.dirname(file)))];
  const faults = folders.map(async (folder) => {
    const own = files.filter((file) => posix.dirname(file) === folder).map((file) => posix.basename(file));
    const read = own.map(async (name) => ({ name, text: await readFile(join(projectRoot, folder, name), 'utf8') }));
    return findDecisionFaults(await Promise.all(read)).map((fault) => `${folder}/${fault}`);
  });
  return (await Promise.all(faults)).flat();
}

/** Lists what is wrong with the files of one folder, each fault with the file's name. */
export function findDecisionFaults(files: readonly DecisionFile[]): string[] {
  const list = files.find(({ name }) => name === index)?.text;
  const records = files.filter(({ name }) => name !== index).sort((a, b) => (a.name < b.name ? -1 : 1));
  const faults = records.flatMap((record, place) => [
    ...findRecordFaults(record, place + 1),
    ...(list?.includes(`](${record.name})`) ? [] : [`${record.name} is not listed in ${index}`]),
  ]);
  return [...faults, ...findDisorder(records)];
}

function findRecordFaults({ name, text }: DecisionFile, number: number): string[] {
  const expected = String(number).padStart(4, '0');
  return [
    ...(/^\d{4}-[a-z0-9-]+\.md$/.test(name) && name.startsWith(`${expected}-`)
      ? []
      : [`${name} should be named ${expected}-title.md`]),
    ...(text.startsWith(`# ${number}. `) ? [] : [`${name} should begin with "# ${number}. Title"`]),
    ...(findDate(text) ? [] : [`${name} has no line "Date: YYYY-MM-DD"`]),
  ];
}

function findDisorder(records: readonly DecisionFile[]): string[] {
  return records.flatMap(({ name, text }, place) => {
    const before = findDate(records[place - 1]?.text ?? '');
    const date = findDate(text);
    return before && date && date < before ? [`${name} is older than the record before it`] : [];
  });
}

function findDate(text: string): string | undefined {
  return /^Date: (\d{4}-[01]\d-[0-3]\d)$/m.exec(text)?.[1];
}
