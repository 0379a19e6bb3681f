export type AppRoute = { method: string; path: string };

/**
 * Lists every route of the app from Fastify's own tree (`printRoutes`), so that none can be forgotten. Leaves out HEAD,
 * which exists beside each GET.
 */
export function parseRoutes(tree: string): AppRoute[] {
  const parents: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const [, indent = '', part = '', methods = ''] = /^(.*?)[├└]── (.+) \((.+)\)$/u.exec(line) ?? [];
    if (part === '') return [];
    const depth = indent.length / 4;
    const written = (depth === 0 ? '' : (parents[depth - 1] ?? '')) + part;
    // The tree omits the path before a wildcard. The only one is for static files.
    const path = written === '*' ? '/assets/*' : written;
    parents[depth] = path;
    return methods
      .split(', ')
      .filter((method) => method !== 'HEAD')
      .map((method) => ({ method, path }));
  });
}

/** An address of the route. Parameters come from `params`, or name something that does not exist. */
export function fillPath(path: string, params: Record<string, string> = {}): string {
  return path.replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? sampleParams[name] ?? 'x'));
}

const sampleParams: Record<string, string> = {
  id: '00000000-0000-4000-8000-000000000000',
  kind: 'invoice',
  fileName: 'a.pdf',
};
