import { listFirstPaintFiles, loaderFile } from './test/support/checks/first-paint.ts';

// biome-ignore lint/style/noDefaultExport: size-limit reads its limits from the default export
export default [
  // The promise to who embeds: one script of at most 2 KB.
  { name: 'loader', path: loaderFile, gzip: true, limit: '2 kB' },
  // React and TanStack Query alone are 76 kB; the rest is ours.
  { name: 'first paint of the frame', path: listFirstPaintFiles(), gzip: true, limit: '105 kB' },
];
