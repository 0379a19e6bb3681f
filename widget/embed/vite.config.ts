import { defineConfig } from 'vite';
import { precompress } from '../precompress.ts';

/** The loader: one classic script that a host page names by a fixed address. */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [precompress(`${import.meta.dirname}/../../dist/embed`)],
  build: {
    outDir: '../../dist/embed',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: `${import.meta.dirname}/main.ts`,
      output: { format: 'iife', entryFileNames: 'embed.js' },
    },
  },
});
