import type { KnipConfig } from 'knip';

export default {
  entry: [
    'test/sandbox/*/main.ts',
    'test/sandbox/crm/public/app.js',
    // Loaded by its address, and the hook with which its types are generated.
    'test/sandbox/crm/client/{open-ledgerside,generate}.ts',
    'test/sandbox/crm/client/typescript-api.mjs',
    'test/bench/bare-server.js',
    'test/bench/bare-react/page.tsx',
    'test/browser/screens/screens.ts',
    // Run by tests in processes of their own.
    'test/integration/*/scripts/*.ts',
    'test/support/programs/clocked-server.ts',
    'test/vite.config.ts',
    'test/mutate/vitest.config.ts',
    // Pages of React, Preact and Vue that tests build.
    'test/browser/embedding/frameworks/*.{ts,tsx}',
  ],
  project: ['{shared,server,widget,test}/**/*.{ts,tsx,js,vue}'],
  // Called by name from node_modules/.bin, where knip does not look.
  ignoreDependencies: ['@biomejs/biome', 'autocannon', '@stryker-mutator/vitest-runner'],
  // Debian's own, and languages of the token endpoints.
  ignoreBinaries: ['apt-get', 'go'],
  ignoreExportsUsedInFile: true,
  // The contract names each shape with its type, whether or not somebody needs the type already.
  ignoreIssues: { 'shared/**': ['types'] },
} satisfies KnipConfig;
