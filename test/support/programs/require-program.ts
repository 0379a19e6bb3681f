import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each program beyond npm, and its Debian package. */
const packages = {
  chromium: 'chromium',
  'chromium-headless-shell': 'chromium-headless-shell',
  'redis-server': 'redis-server',
  initdb: 'postgresql',
  pg_ctl: 'postgresql',
  postgres: 'postgresql',
  pg_dump: 'postgresql',
  pg_restore: 'postgresql',
} as const;

export type Program = keyof typeof packages;

/**
 * Returns the absolute path of a program. Installs a missing one if allowed (root, with apt-get). Otherwise throws one
 * line that names the package.
 */
export function requireProgram(program: Program): string {
  const found = wantProgram(program);
  if (found === undefined) {
    throw new Error(`${program} is missing: install the package ${packages[program]} and try again`);
  }
  return found;
}

/** Like `requireProgram`, for a program that can be done without: undefined when it cannot be installed. */
export function wantProgram(program: Program): string | undefined {
  return findProgram(program) ?? (canInstall() ? install(program) : undefined);
}

export function findProgram(program: Program): string | undefined {
  const folders = [
    ...postgresFolders(),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** Debian keeps Postgres's programs off the PATH, in one folder per version. The newest comes first. */
function postgresFolders(): string[] {
  try {
    const versions = readdirSync('/usr/lib/postgresql').sort((a, b) => Number(b) - Number(a));
    return versions.map((version) => `/usr/lib/postgresql/${version}/bin`);
  } catch {
    return [];
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function canInstall(): boolean {
  return process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
}

function install(program: Program): string | undefined {
  const name = packages[program];
  console.log(`${program} is missing: installing the package ${name}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
  // Without recommended packages, because those of chromium and postgresql are large and unused.
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], { stdio: 'ignore', env });
  return findProgram(program);
}
