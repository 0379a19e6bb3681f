import { listFirstPaintFiles, loaderFile } from '#test/support/checks/first-paint.ts';

// biome-ignore lint/style/noDefaultExport: size-limit reads its limits from the default export
export default [
  // The promise to who embeds: one script of at most 2 KB.
  { name: 'loader', path: loaderFile, gzip: true, limit: '2 kB' },
  // React and TanStack Query are 78 kB of it, styles 5; the rest is screens.
  { name: 'first paint of the frame', path: listFirstPaintFiles(), gzip: true, limit: '110 kB' },
];
