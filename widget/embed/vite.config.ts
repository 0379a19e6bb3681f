import { defineConfig } from 'vite';
import { precompress } from '../precompress.ts';

/** The loader: one classic script that a host page names by a fixed address. */
export default defineConfig({
  root: import.meta.dirname,
  // Typings, which the server hands out beside the loader.
  publicDir: 'types',
  plugins: [precompress(`${import.meta.dirname}/../../dist/embed`)],
  build: {
    outDir: '../../dist/embed',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    // As a library, so that the import of the theme stays an import: for applications Vite wraps it in 200 bytes.
    lib: { entry: 'main.ts', formats: ['iife'], name: 'ledgerside', fileName: () => 'embed.js' },
  },
});
