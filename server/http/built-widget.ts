import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '#server/package-root.ts';

/** The output of `npm run build`: the frame's document, the loader, and the folder of hashed assets. */
export type BuiltWidget = { frameDocument: string; embedDirectory: string; assetsDirectory: string };

function toPath(name: string) {
  return join(packageRoot, 'dist', name);
}

/** Undefined when nothing is built. */
export async function findBuiltWidget(): Promise<BuiltWidget | undefined> {
  try {
    const frameDocument = await readFile(toPath('widget/index.html'), 'utf8');
    for (const file of ['embed/embed.js', 'embed/embed-theme.js']) await access(toPath(file));
    return { frameDocument, embedDirectory: toPath('embed/'), assetsDirectory: toPath('widget/assets/') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
