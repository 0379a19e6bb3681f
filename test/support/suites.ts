import type { requireProgram } from './programs/require-program.ts';

type Program = Parameters<typeof requireProgram>[0];

export type Suite = {
  name: string;
  /** Path prefixes, from the root of the checkout. */
  folders: readonly string[];
  /** Programs beyond npm; found, installed where that is allowed, or named. */
  programs: readonly Program[];
  /** The product has to be built first. */
  needsBuild: boolean;
  /** For vitest. */
  args: readonly string[];
  /** The time zone of the process; the machine's where none is set. */
  zone?: string;
};

/** In the order they run: what fails fast comes first. Every test file belongs to exactly one. */
export const suites: readonly Suite[] = [
  {
    name: 'unit',
    folders: ['shared/', 'server/', 'widget/', 'test/sandbox/', 'test/support/'],
    programs: [],
    needsBuild: false,
    args: [],
    zone: 'UTC',
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
    args: [],
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

export type Run = { suite: Suite; files: string[] };

/** Where a time zone was lost on the way, a day is one off west of UTC, or east of it, and right in UTC. */
const otherZones = ['America/Los_Angeles', 'Pacific/Auckland'];

/** Whatever reads, writes or counts days, by the beginnings of paths. */
const dayFiles = [
  ...['shared/calendar', 'shared/payment-terms', 'shared/typing/'],
  ...['server/clock-tolerance', 'server/ledger/', 'server/use-cases/documents/preflight'],
  ...['server/xero/answers/fields', 'server/xero/documents/parse-', 'server/xero/organisation/parse-'],
  ...['widget/features/add-document/', 'widget/lib/format', 'widget/lib/typed-dates'],
];

/** Every suite with its files, and tests of days in two more time zones. */
export function listRuns(files: readonly string[]): Run[] {
  return [...assignToSuites(files)].flatMap(([suite, all]) => {
    const days = suite.zone === undefined ? [] : all.filter((file) => dayFiles.some((start) => file.startsWith(start)));
    const again = otherZones.map((zone) => ({
      suite: { ...suite, name: `${suite.name} in ${zone.replace(/.*\//, '')}`, zone },
      files: days,
    }));
    return [{ suite, files: all }, ...again].filter((run) => run.files.length > 0);
  });
}
