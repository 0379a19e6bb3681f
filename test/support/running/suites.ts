import type { requireProgram } from '../programs/require-program.ts';

type Program = Parameters<typeof requireProgram>[0];

export type Suite = {
  name: string;
  /** Path prefixes, relative to the root of the checkout. */
  folders: readonly string[];
  /** Programs beyond npm. Missing ones are installed if allowed, or else named. */
  programs: readonly Program[];
  /** Programs that make it faster. It runs without those that cannot be installed. */
  wanted?: readonly Program[];
  /** Whether the product must be built first. */
  needsBuild: boolean;
  /** Arguments for vitest. */
  args: readonly string[];
  /** The time zone of the process; by default the machine's. */
  zone?: string;
};

/** In running order: what fails fast comes first. Every test file belongs to exactly one suite. */
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
    wanted: ['chromium-headless-shell'],
    needsBuild: true,
    args: [],
  },
];

/** Assigns test files to suites. A file without a suite would never run, so that is an error. */
export function assignToSuites(files: readonly string[]): Map<Suite, string[]> {
  const assigned = new Map<Suite, string[]>(suites.map((suite) => [suite, []]));
  for (const file of files) {
    const suite = suites.find(({ folders }) => folders.some((folder) => file.startsWith(folder)));
    const list = suite && assigned.get(suite);
    if (!list) throw new Error(`${file} is a test that no suite of test/support/running/suites.ts runs`);
    list.push(file);
  }
  return assigned;
}

export type Run = { suite: Suite; files: string[] };

/** If a time zone is ignored somewhere, the day is wrong west or east of UTC, but right in UTC. */
const otherZones = ['America/Los_Angeles', 'Pacific/Auckland'];

/** Path prefixes of files that read, write or count days. */
const dayFiles = [
  ...['shared/calendar', 'shared/payment-terms', 'shared/typing/'],
  ...['server/clock-tolerance', 'server/ledger/', 'server/use-cases/documents/preflight'],
  ...['server/xero/answers/fields', 'server/xero/documents/parse-', 'server/xero/organisation/parse-'],
  ...['widget/features/add-document/', 'widget/lib/format', 'widget/lib/typed-dates'],
];

/** Every suite with its files, and the tests of days in two more time zones. */
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
