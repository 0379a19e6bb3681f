import { defineConfig } from 'vite';
import { precompress } from '../precompress.ts';

/**
 * The module that the loader imports, also under a fixed address. It is built after the loader, into the same folder.
 */
export default defineConfig({
  root: import.meta.dirname,
  publicDir: false,
  plugins: [precompress(`${import.meta.dirname}/../../dist/embed`)],
  build: {
    outDir: '../../dist/embed',
    emptyOutDir: false,
    target: 'es2022',
    lib: { entry: 'theme.ts', formats: ['es'], fileName: () => 'embed-theme.js' },
  },
});
