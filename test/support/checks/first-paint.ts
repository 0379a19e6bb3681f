import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../programs/run-command.ts';

export const loaderFile = 'dist/embed/embed.js';

/**
 * The document of a built page and the files that it names: scripts, preloaded modules, style sheets. Chunks that are
 * imported later are not part of the first paint. Paths are relative to the root of the checkout.
 */
export function listFirstPaintFiles(folder = 'dist/widget'): string[] {
  const html = readFileSync(join(projectRoot, folder, 'index.html'), 'utf8');
  const assets = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="(\/[^"]+\.(?:js|css))"/g)];
  return [...new Set(['/index.html', ...assets.map(([, address]) => address ?? '')])].map((path) => folder + path);
}

/** The sum of each file's size when compressed on its own, as a server would send it. */
export function sumGzipBytes(files: readonly string[]): number {
  return files
    .map((file) => gzipSync(readFileSync(join(projectRoot, file)), { level: 9 }).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}
