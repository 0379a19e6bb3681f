import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/** Native code, and what is asked for by name while the server runs, stays in node_modules. */
const external = ['libsql', 'pg-native', 'xero-node'];

const commands = ['main', 'workspace', 'backup', 'restore'];

/** The server and its commands as JavaScript in `dist/server`, with the packages they use; as readable as the sources. */
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
    rollupOptions: { input: commands.map((name) => `server/${name}.ts`) },
  },
});
