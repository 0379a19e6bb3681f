import { spawnSync } from 'node:child_process';

export type SystemUser = { uid: number; gid: number };

/** The user that Postgres runs as: the user running the tests, or for root the user that the package created. */
export function findPostgresUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = [readId('-u'), readId('-g')];
  if (Number.isNaN(uid) || Number.isNaN(gid)) {
    throw new Error('the user postgres is missing: install the package postgresql and try again');
  }
  return { uid, gid };
}

function readId(option: '-u' | '-g'): number {
  const { status, stdout } = spawnSync('id', [option, 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : Number.NaN;
}
