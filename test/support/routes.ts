export type AppRoute = { method: string; path: string };

/**
 * Every route the app answers, from Fastify's own tree of them (`printRoutes`), so that none can be forgotten. HEAD
 * stands beside each GET and is left out.
 */
export function parseRoutes(tree: string): AppRoute[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^(.*?)[├└]── (.+) \((.+)\)$/u.exec(line) ?? [];
    if (part === '') return [];
    const depth = indent.length / 4;
    const written = (depth === 0 ? '' : (parents[depth - 1] ?? '')) + part;
    // The tree leaves out what stands before a wildcard; there is one, of static files.
    const path = written === '*' ? '/assets/*' : written;
    parents[depth] = path;
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => ({ method, path }));
  });
}

/** An address of the route: each parameter as `params` says, or something that exists nowhere. */
export function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? sampleParams[name] ?? 'x'));
}

const sampleParams: Record<string, string> = {
  id: '00000000-0000-4000-8000-000000000000',
  kind: 'invoice',
  fileName: 'a.pdf',
};
