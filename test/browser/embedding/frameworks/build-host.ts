import { build } from 'vite';

/** Builds the script of a framework's page, as for production. */
export async function buildHost(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    // With Vue's template compiler, which the usual build leaves out.
    resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    // Because of Vitest's NODE_ENV, JSX would be built for React's development build.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      lib: { entry: file, formats: ['iife'], name: 'host', fileName: () => 'host.js' },
    },
  });
  const output = Array.isArray(built) ? built.flatMap((one) => one.output) : 'output' in built ? built.output : [];
  const code = output.flatMap((chunk) => (chunk.type === 'chunk' ? [chunk.code] : []));
  return code.join('\n');
}
