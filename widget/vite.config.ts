import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

/** The frame app: hashed files under `/assets/`, nothing inline, as the frame's Content-Security-Policy asks. */
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
