import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

/**
 * The frame app: hashed files under `/assets/`, nothing inline, because the frame's Content-Security-Policy forbids
 * it.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress(`${import.meta.dirname}/../dist/widget/assets`)],
  build: {
    outDir: '../dist/widget',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
