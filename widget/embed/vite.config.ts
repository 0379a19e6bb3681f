import { defineConfig } from 'vite';
import { precompress } from '../precompress.ts';

/** The loader: one classic script under a fixed address. */
export default defineConfig({
  root: import.meta.dirname,
  // The server serves the typings beside the loader.
  publicDir: 'types',
  plugins: [precompress(`${import.meta.dirname}/../../dist/embed`)],
  build: {
    outDir: '../../dist/embed',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    // Built as a library, because Vite adds 200 bytes around a dynamic import of an application.
    lib: { entry: 'main.ts', formats: ['iife'], name: 'ledgerside', fileName: () => 'embed.js' },
  },
});
