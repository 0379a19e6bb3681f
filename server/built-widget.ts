import { access, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** What `npm run build` made: the frame's document, the loader, and where the hashed assets are. */
export type BuiltWidget = { frameDocument: string; embedDirectory: string; assetsDirectory: string };

const dist = new URL('../dist/', import.meta.url);

/** Undefined when nothing is built. */
export async function findBuiltWidget(): Promise<BuiltWidget | undefined> {
  try {
    const frameDocument = await readFile(new URL('widget/index.html', dist), 'utf8');
    for (const file of ['embed/embed.js', 'embed/embed-theme.js']) await access(new URL(file, dist));
    const toPath = (folder: string) => fileURLToPath(new URL(folder, dist));
    return { frameDocument, embedDirectory: toPath('embed/'), assetsDirectory: toPath('widget/assets/') };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
