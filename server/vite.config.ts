import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Native code, and what is asked for by name while the server runs, stays in node_modules. */
const external = ['libsql', 'pg-native', 'xero-node'];

/** What can be started: `npm start`, `npm run workspace`, `npm run backup`, `npm run restore`. */
const programs = {
  main: 'server/start/main.ts',
  workspace: 'server/cli/workspace.ts',
  backup: 'server/cli/backup.ts',
  restore: 'server/cli/restore.ts',
};

/**
 * The server and its commands as JavaScript in `dist/server`, with the packages they use. White space goes, as every start
 * reads all of it; names stay, so that a stack says where it was.
 */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  publicDir: false,
  ssr: { noExternal: true, external },
  build: {
    ssr: true,
    outDir: 'dist/server',
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rollupOptions: {
      output: { minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } } },
      input: programs,
    },
  },
});
