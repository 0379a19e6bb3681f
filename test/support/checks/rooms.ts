/**
 * The rooms of the code and who may import whom. `npm run check` checks this table for every import (relative, alias,
 * type-only, dynamic).
 * A file belongs to the room with the longest matching path. Everything in `imports` may be imported. From `types`,
 * only types may be imported, so that no code of that room runs. `a/*` means `a` and every room in it. `packages` are
 * npm packages (any, if the member is absent); Node's own modules are always allowed. `testImports` are what the room's
 * tests may also import (anything, if the member is absent). Imports within a room are relative; imports between rooms
 * begin with `#`.
 */
export type Room = {
  path: string;
  imports?: readonly string[];
  types?: readonly string[];
  packages?: readonly string[];
  testImports?: readonly string[];
};

/** A use-case room. It calls store, cache and Xero through interfaces and imports only their types. */
function storyRoom(name: string, others: readonly string[], further: readonly string[] = []): Room {
  return {
    path: `server/use-cases/${name}`,
    imports: ['shared/*', 'server', ...others.map((other) => `server/use-cases/${other}`), ...further],
    types: [
      ...['server/store', 'server/cache', 'server/events', 'server/jobs', 'server/outgoing'],
      ...['server/ledger/*', 'server/xero/*', 'server/use-cases/*'],
    ],
    packages: ['zod', 'lru-cache'],
  };
}

function xeroRoom(name: string, others: readonly string[], packages: readonly string[] = ['zod', 'big.js']): Room {
  return {
    path: `server/xero/${name}`,
    imports: ['shared/*', 'server', ...others.map((other) => `server/xero/${other}`)],
    types: ['server/store', 'server/cache', 'server/xero/*'],
    packages,
  };
}

function ledgerRoom(name: string, others: readonly string[]): Room {
  return {
    path: `server/ledger/${name}`,
    imports: ['shared/*', 'server', ...others.map((other) => `server/${other}`)],
    types: ['server/store', 'server/cache', 'server/events', 'server/xero/*', 'server/ledger/*'],
    packages: ['zod', 'lru-cache'],
  };
}

function feature(name: string): Room {
  return {
    path: `widget/features/${name}`,
    imports: ['shared/*', 'widget/lib', 'widget/session', 'widget/ui'],
    types: ['shared/contract/*'],
    packages: ['react', '@tanstack/react-query'],
  };
}

const features = [
  ...['activity', 'add-document', 'company', 'contact', 'deal', 'documents', 'link', 'record', 'settings', 'sync'],
];

/** The sandbox. If it shared code with the product, its tests would prove nothing. */
function standIn(path: string): Room {
  return { path, testImports: ['test/support'] };
}

const everything = ['shared/*', 'server/*', 'widget/*', 'test/*'];

const ofTests = ['support', 'integration', 'contract', 'browser', 'bench', 'crash', 'fuzz', 'load', 'mutate'];

export const rooms: readonly Room[] = [
  // The contract between widget and server.
  { path: 'shared', imports: [], types: ['shared/contract'], packages: ['zod', 'big.js'] },
  { path: 'shared/contract', imports: ['shared'], packages: ['zod'] },
  { path: 'shared/typing', imports: ['shared'], packages: [] },
  { path: 'shared/words', imports: ['shared'], types: ['shared/contract'], packages: [] },
  { path: 'shared/contract/sync', imports: ['shared', 'shared/contract'], packages: ['zod'] },
  {
    path: 'shared/contract/session',
    imports: ['shared/contract', 'shared/contract/sync'],
    packages: ['zod'],
  },

  // The server: what every room receives, and what connects the rooms.
  { path: 'server', imports: ['shared/*'], types: ['server/*'], packages: ['zod', 'pino', 'fastify', 'vite'] },
  { path: 'server/start', imports: ['shared/*', 'server/*'], packages: ['zod', 'fastify'] },
  { path: 'server/cli', imports: ['shared/*', 'server/*'], packages: ['zod'] },
  {
    path: 'server/http',
    imports: ['shared/*', 'server', 'server/events', 'server/use-cases/*', 'server/xero'],
    types: ['server/identity', 'server/jobs', 'server/xero/*'],
    packages: ['zod', 'fastify', 'fastify-type-provider-zod', '@fastify/*', 'prom-client', 'lru-cache'],
  },
  { path: 'server/outgoing', imports: ['server'], packages: [] },
  {
    path: 'server/identity',
    imports: ['shared/*', 'server'],
    types: ['server/store'],
    packages: ['zod', 'jose', 'lru-cache'],
  },

  // Use cases. The room that says who acts knows no other one, not even by its types.
  {
    ...storyRoom('acting', [], ['server/identity', 'server/xero']),
    types: ['server/store', 'server/xero/*'],
  },
  storyRoom('audit', ['acting']),
  storyRoom('connection', ['acting', 'audit', 'sync'], ['server/identity', 'server/xero/access']),
  storyRoom(
    'view',
    ['acting', 'connection', 'contacts', 'documents', 'sync'],
    ['server/identity', 'server/ledger/sums'],
  ),
  storyRoom('contacts', ['acting', 'audit', 'writes'], ['server/identity']),
  storyRoom('documents', ['acting', 'audit', 'writes'], ['server/identity', 'server/ledger/sums', 'server/xero/bytes']),
  storyRoom('writes', ['acting', 'audit']),
  {
    ...storyRoom(
      'sync',
      ['acting', 'audit', 'writes'],
      ['server/identity', 'server/xero', 'server/xero/bytes', 'server/xero/records'],
    ),
    packages: ['zod', 'lru-cache', 'standardwebhooks'],
  },
  storyRoom('live', ['acting', 'sync'], ['server/identity', 'server/events', 'server/xero']),

  // Figures and the stream that keeps them fresh.
  {
    path: 'server/ledger',
    imports: ['shared/*', 'server', 'server/ledger/*'],
    types: ['server/store', 'server/cache', 'server/xero/*', 'server/events'],
    packages: [],
  },
  ledgerRoom('sums', []),
  ledgerRoom('entries', []),
  ledgerRoom('stream', ['ledger/entries']),

  // Xero.
  {
    path: 'server/xero',
    imports: ['shared/*', 'server', 'server/xero/*'],
    types: ['server/store', 'server/cache'],
    packages: ['zod'],
  },
  {
    ...xeroRoom('calling', ['answers'], ['zod', 'xero-node', 'fastify']),
    imports: ['shared/*', 'server', 'server/xero/answers', 'server/cache'],
  },
  xeroRoom('answers', ['bytes']),
  xeroRoom('bytes', []),
  xeroRoom('access', ['answers', 'bytes', 'calling']),
  // Xero's endpoints. Only this room and calling know xero-node.
  xeroRoom('endpoints', ['calling'], ['xero-node']),
  xeroRoom('documents', ['answers', 'bytes', 'contacts', 'endpoints']),
  xeroRoom('contacts', ['answers', 'endpoints']),
  xeroRoom('organisation', ['answers', 'contacts', 'endpoints']),
  xeroRoom('records', ['answers', 'bytes', 'documents', 'endpoints', 'organisation']),
  xeroRoom('arrivals', ['answers', 'documents', 'endpoints']),

  // Data that must survive, data that may be lost, and news to all processes.
  {
    path: 'server/store',
    imports: ['shared/*', 'server'],
    packages: ['zod', 'kysely', 'libsql', 'pg', 'lru-cache'],
  },
  { path: 'server/cache', imports: ['shared/*', 'server'], packages: ['zod', 'redis', 'lru-cache'] },
  {
    path: 'server/events',
    imports: ['shared/*', 'server'],
    types: ['server/store', 'server/cache'],
    packages: ['zod'],
  },
  // Wakes the work on records.
  {
    path: 'server/jobs',
    imports: ['shared/*', 'server'],
    types: ['server/store', 'server/cache'],
    packages: ['zod', 'bullmq', 'redis'],
  },

  // The widget.
  { path: 'widget', packages: ['vite', '@vitejs/plugin-react'] },
  {
    path: 'widget/embed',
    imports: ['widget'],
    types: ['shared'],
    // The element has type definitions for the frameworks of host pages.
    packages: ['vite', 'react', 'preact', 'vue'],
  },
  { path: 'widget/lib', imports: ['shared/*'], types: ['shared/contract'], packages: ['react'] },
  {
    path: 'widget/session',
    imports: ['shared', 'shared/words', 'widget/lib'],
    types: ['shared/contract/*'],
    packages: ['react', '@tanstack/react-query'],
  },
  {
    path: 'widget/ui',
    imports: ['shared/*', 'widget/lib', 'widget/session'],
    types: ['shared/contract/*'],
    packages: ['react', '@tanstack/react-query'],
  },
  ...features.map(feature),
  {
    path: 'widget/app',
    imports: ['shared', 'widget/lib', 'widget/session', 'widget/ui', 'widget/features/*'],
    types: ['shared/contract/*'],
    packages: ['react', 'react-dom', '@tanstack/react-query'],
  },

  // Tests.
  { path: 'test', imports: everything },
  ...ofTests.map((name) => ({ path: `test/${name}`, imports: everything })),
  standIn('test/sandbox/xero'),
  standIn('test/sandbox/crm'),
];
