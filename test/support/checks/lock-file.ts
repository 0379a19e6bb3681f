import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../programs/run-command.ts';

/** A lock that names a registry's host installs from that host only; ours must install from wherever npm points to. */
export async function checkLockFile(): Promise<string[]> {
  const lock = await readFile(join(projectRoot, 'package-lock.json'), 'utf8');
  return listRegistryHosts(lock).map((host) => `package-lock.json names the host ${host}`);
}

/** Funding and home pages are links for people; `resolved` is where npm would fetch from. */
export function listRegistryHosts(lock: string): string[] {
  const resolved = [...lock.matchAll(/"resolved":\s*"([^"]*)"/g)].map(([, address]) => address ?? '');
  return [...new Set(resolved)];
}
