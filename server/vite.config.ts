import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Native packages, and packages that are loaded by name at run time, stay in node_modules. */
const external = ['bullmq', 'libsql', 'pg-native', 'xero-node'];

/** The programs: `npm start`, `npm run workspace`, `npm run backup`, `npm run restore`. */
const programs = {
  main: 'server/start/main.ts',
  workspace: 'server/cli/workspace.ts',
  backup: 'server/cli/backup.ts',
  restore: 'server/cli/restore.ts',
};

/**
 * Bundles the server and its commands into `dist/server` with the packages they use. White space is removed, because
 * every start reads the whole file. Names are kept, so that stack traces stay readable.
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
