import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What `npm run build` made: the frame's document, the loader, and where the hashed assets are. */
export type BuiltWidget = { frameDocument: string; loader: string; assetsDirectory: string };

const dist = new URL('../dist/', import.meta.url);

/** Undefined when nothing is built. */
export async function findBuiltWidget(): Promise<BuiltWidget | undefined> {
  try {
    const [frameDocument, loader] = await Promise.all([
      readFile(new URL('widget/index.html', dist), 'utf8'),
      readFile(new URL('embed/embed.js', dist), 'utf8'),
    ]);
    return { frameDocument, loader, assetsDirectory: fileURLToPath(new URL('widget/assets/', dist)) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
