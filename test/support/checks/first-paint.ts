import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../programs/run-command.ts';

export const loaderFile = 'dist/embed/embed.js';

/**
 * The document of a built page and all that it names itself: scripts, preloaded modules, style sheets. Chunks that
 * are imported later are not part of a first paint. Paths from the root of the checkout.
 */
export function listFirstPaintFiles(folder = 'dist/widget'): string[] {
  const html = readFileSync(join(projectRoot, folder, 'index.html'), 'utf8');
  const assets = [...html.matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="(\/[^"]+\.(?:js|css))"/g)];
  return [...new Set(['/index.html', ...assets.map(([, address]) => address ?? '')])].map((path) => folder + path);
}

/** Compressed as a server would send them, each by itself. */
export function sumGzipBytes(files: readonly string[]): number {
  return files
    .map((file) => gzipSync(readFileSync(join(projectRoot, file)), { level: 9 }).length)
    .reduce((sum, bytes) => sum + bytes, 0);
}
