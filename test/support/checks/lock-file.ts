import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../programs/run-command.ts';

/**
 * A lock file that names a registry's host installs only from that host. Ours must install from the registry npm is set
 * to.
 */
export async function checkLockFile(): Promise<string[]> {
  const lock = await readFile(join(projectRoot, 'package-lock.json'), 'utf8');
  return listRegistryHosts(lock).map((host) => `package-lock.json names the host ${host}`);
}

/** Funding links and home pages are for people. `resolved` is where npm downloads from. */
export function listRegistryHosts(lock: string): string[] {
  const resolved = [...lock.matchAll(/"resolved":\s*"([^"]*)"/g)].map(([, address]) => address ?? '');
  return [...new Set(resolved)];
}
