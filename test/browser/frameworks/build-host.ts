import { build } from 'vite';

/** One script of a page that is written with a framework, as its bundler would make it for production. */
export async function buildHost(file: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    // With the compiler of templates, which Vue's usual build leaves to bundlers.
    resolve: { alias: { vue: 'vue/dist/vue.esm-bundler.js' } },
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
    // Vitest's NODE_ENV would have JSX made for React's development build.
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
