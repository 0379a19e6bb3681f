import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of package.json, both when running from the sources and from the build in `dist/`. */
export const packageRoot = findPackageRoot(import.meta.dirname);

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('No package.json above the server');
  return findPackageRoot(above);
}
