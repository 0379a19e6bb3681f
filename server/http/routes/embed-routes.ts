import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { BuiltWidget } from '../built-widget.ts';
import { escapeHtml } from '../pages/html.ts';
import { pagesCss } from '../pages/pages-css.ts';
import { buildUnknownWorkspacePage } from '../pages/unknown-workspace-page.ts';
import { setAssetHeaders, setFrameHeaders } from '../security-headers.ts';

const immutable = 'public, max-age=31536000, immutable';
const loaderCache = 'public, max-age=300, stale-while-revalidate=86400';
const originsMeta = /<meta name="ledgerside-origins" content=""\s*\/?>/;

/** Files at fixed addresses: the loader, the module it imports beside the frame, and the element's type definitions. */
const embedFiles = {
  'embed.js': 'application/javascript',
  'embed-theme.js': 'application/javascript',
  'embed.d.ts': 'text/plain',
  'embed.react.d.ts': 'text/plain',
  'embed.preact.d.ts': 'text/plain',
  'embed.vue.d.ts': 'text/plain',
} as const;

/** What host pages load: the loader, the frame's document by workspace, and the assets of both. */
export async function addEmbedRoutes(app: FastifyInstance, deps: Deps, built: BuiltWidget): Promise<void> {
  const { assetsDirectory, embedDirectory } = built;
  // Set on the reply, because headers set on the raw response are overwritten by the static plugin.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('cross-origin-resource-policy', 'cross-origin');
  });
  await app.register(fastifyStatic, { ...staticOptions(loaderCache), root: embedDirectory, serve: false });
  for (const [name, type] of Object.entries(embedFiles)) {
    app.get(`/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.type(`${type}; charset=utf-8`).sendFile(name, { contentType: false }),
    );
  }
  const assets = { ...staticOptions(immutable), root: assetsDirectory, prefix: '/assets/', decorateReply: false };
  await app.register(fastifyStatic, assets);
  addFrameRoute(app, deps, built.frameDocument);
  app.get('/pages.css', { schema: { hide: true } }, (_request, reply) =>
    setAssetHeaders(reply, 'public, max-age=300').type('text/css; charset=utf-8').send(pagesCss),
  );
}

/** Files that any host page may load. They are sent in the compressed form that the build left beside them. */
function staticOptions(cacheControl: string) {
  return {
    cacheControl: false,
    preCompressed: true,
    index: false as const,
    setHeaders: (response: { setHeader(name: string, value: string): void }) => {
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('cache-control', cacheControl);
      response.setHeader('vary', 'accept-encoding');
    },
  };
}

function addFrameRoute(app: FastifyInstance, deps: Deps, frameDocument: string): void {
  if (!originsMeta.test(frameDocument))
    throw new Error('The built frame has no placeholder for the origins. Run: npm run build');
  const paramsSchema = z.object({ workspace: z.string().max(200) });
  app.get('/frame/:workspace', { schema: { hide: true } }, async (request, reply) => {
    const params = paramsSchema.safeParse(request.params);
    const workspace = params.success ? await deps.workspaces.find(params.data.workspace) : undefined;
    reply.type('text/html; charset=utf-8');
    if (!workspace) return setFrameHeaders(reply, []).code(404).send(buildUnknownWorkspacePage());
    const origins = escapeHtml(workspace.origins.join(' '));
    const document = frameDocument.replace(originsMeta, () => `<meta name="ledgerside-origins" content="${origins}">`);
    return setFrameHeaders(reply, workspace.origins).send(document);
  });
}
