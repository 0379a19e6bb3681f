import { spawnSync } from 'node:child_process';
import { accessSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each program beyond npm and the Debian package that brings it. */
const packages = {
  chromium: 'chromium',
  'redis-server': 'redis-server',
  initdb: 'postgresql',
  pg_ctl: 'postgresql',
  postgres: 'postgresql',
  pg_dump: 'postgresql',
  pg_restore: 'postgresql',
} as const;

export type Program = keyof typeof packages;

/**
 * The absolute path of a program. One that is missing is installed where that is allowed (root, with apt-get);
 * elsewhere this throws one line that names the package.
 */
export function requireProgram(program: Program): string {
  const found = findProgram(program) ?? (canInstall() ? install(program) : undefined);
  if (found === undefined) {
    throw new Error(`${program} is missing: install the package ${packages[program]} and try again`);
  }
  return found;
}

function findProgram(program: Program): string | undefined {
  const folders = [
    ...postgresFolders(),
    ...(process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== ''),
  ];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

/** Debian keeps Postgres's programs off the PATH, a folder for each version; the newest one goes first. */
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
  // Without recommends: chromium's and postgresql's bring much that no test uses.
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', name], { stdio: 'ignore', env });
  return findProgram(program);
}
