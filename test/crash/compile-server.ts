import { mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { projectRoot } from '#test/support/run-command.ts';

/** Native code, and what is asked for by name while the server runs, stays in node_modules. */
const external = ['libsql', 'pg-native', 'xero-node'];
const entry = 'test/support/clocked-server.ts';

/**
 * The server, with a clock that can be moved, in one file of JavaScript: a run starts it a thousand times, and from the
 * sources a start takes four times as long. Answers what Node is started with.
 */
export async function compileServer(): Promise<readonly string[]> {
  const room = join(projectRoot, '.tmp', 'crash');
  await rm(room, { recursive: true, force: true });
  // What the sources read beside themselves stands at the same distance from the compiled file.
  const folder = join(room, 'server', 'compiled');
  await mkdir(folder, { recursive: true });
  await symlink(join(projectRoot, 'package.json'), join(room, 'package.json'));
  await symlink(join(projectRoot, 'dist'), join(room, 'server', 'dist'));
  await symlink(join(projectRoot, 'server', 'pages'), join(room, 'server', 'pages'));
  await build({
    configFile: false,
    root: projectRoot,
    logLevel: 'error',
    ssr: { noExternal: true, external },
    build: { ssr: entry, outDir: folder, minify: false, rollupOptions: { output: { entryFileNames: 'server.js' } } },
  });
  return [join(folder, 'server.js')];
}
