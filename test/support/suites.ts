import type { requireProgram } from './require-program.ts';

type Program = Parameters<typeof requireProgram>[0];

export type Suite = {
  name: string;
  /** Path prefixes, from the root of the checkout. */
  folders: readonly string[];
  /** Programs beyond npm; found, installed where that is allowed, or named. */
  programs: readonly Program[];
  /** The widget has to be built first. */
  needsBuild: boolean;
  /** For vitest. */
  args: readonly string[];
};

/** In the order they run: what fails fast comes first. Every test file belongs to exactly one. */
export const suites: readonly Suite[] = [
  {
    name: 'unit',
    folders: ['shared/', 'server/', 'widget/', 'test/sandbox/', 'test/support/'],
    programs: [],
    needsBuild: false,
    args: [],
  },
  { name: 'contract', folders: ['test/contract/'], programs: [], needsBuild: false, args: [] },
  {
    name: 'integration',
    folders: ['test/integration/'],
    programs: ['redis-server', 'initdb', 'pg_ctl'],
    needsBuild: true,
    args: [],
  },
  {
    name: 'browser',
    folders: ['test/browser/'],
    programs: ['chromium'],
    needsBuild: true,
    // One Chromium at a time: two at once starve each other on two cores.
    args: ['--no-file-parallelism'],
  },
];

/** Splits test files over the suites; a file that no suite holds would never run, which is a mistake to hear of. */
export function assignToSuites(files: readonly string[]): Map<Suite, string[]> {
  const assigned = new Map<Suite, string[]>(suites.map((suite) => [suite, []]));
  for (const file of files) {
    const suite = suites.find(({ folders }) => folders.some((folder) => file.startsWith(folder)));
    const list = suite && assigned.get(suite);
    if (!list) throw new Error(`${file} is a test that no suite of test/support/suites.ts runs`);
    list.push(file);
  }
  return assigned;
}
