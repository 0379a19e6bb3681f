import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';
import { listFirstPaintFiles, loaderFile, sumGzipBytes } from '#test/support/checks/first-paint.ts';
import { projectRoot } from '#test/support/programs/run-command.ts';
import { type Figure, toKilobytes } from './figure.ts';

const bareFolder = '.tmp/bench/bare-react';

/** Bytes sent (gzip) until something is visible. The same Vite builds the bare page. */
export async function measureFirstPaint(): Promise<Figure[]> {
  await build({
    root: join(projectRoot, 'test/bench/bare-react'),
    configFile: false,
    logLevel: 'error',
    plugins: [react()],
    build: { outDir: join(projectRoot, bareFolder), emptyOutDir: true },
  });
  const bare = sumGzipBytes(listFirstPaintFiles(bareFolder));
  const frame = sumGzipBytes(listFirstPaintFiles());
  return [
    { name: 'loader', measured: toKilobytes(sumGzipBytes([loaderFile])), reference: '2.0 kB at most' },
    {
      name: 'first paint of the frame',
      measured: toKilobytes(frame),
      reference: `${toKilobytes(bare)} a bare React page (${(frame / bare).toFixed(2)} times)`,
    },
  ];
}
