import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { BuiltWidget } from '../built-widget.ts';
import type { Deps } from '../deps.ts';
import { escapeHtml } from '../pages/html.ts';
import { buildUnknownWorkspacePage } from '../pages/unknown-workspace-page.ts';
import { setAssetHeaders, setFrameHeaders } from './security-headers.ts';

const immutable = 'public, max-age=31536000, immutable';
const loaderCache = 'public, max-age=300, stale-while-revalidate=86400';
const originsMeta = /<meta name="ledgerside-origins" content=""\s*\/?>/;

/** What host pages load: the loader, the frame's document by workspace, and the assets of both. */
export async function addEmbedRoutes(app: FastifyInstance, deps: Deps, built: BuiltWidget): Promise<void> {
  const loaderTag = `"${createHash('sha256').update(built.loader).digest('base64url')}"`;
  const hide = { schema: { hide: true } };
  app.get('/embed.js', hide, (request, reply) => {
    setAssetHeaders(reply, loaderCache).header('etag', loaderTag);
    if (request.headers['if-none-match'] === loaderTag) return reply.code(304).send();
    return reply.type('text/javascript; charset=utf-8').send(built.loader);
  });
  await app.register(fastifyStatic, {
    root: built.assetsDirectory,
    prefix: '/assets/',
    cacheControl: false,
    index: false,
    decorateReply: false,
    setHeaders: (response) => {
      response.setHeader('cross-origin-resource-policy', 'cross-origin');
      response.setHeader('access-control-allow-origin', '*');
      response.setHeader('x-content-type-options', 'nosniff');
      response.setHeader('cache-control', immutable);
    },
  });
  addFrameRoute(app, deps, built.frameDocument);
  const pagesCss = await readFile(new URL('../pages/pages.css', import.meta.url), 'utf8');
  app.get('/pages.css', hide, (_request, reply) =>
    setAssetHeaders(reply, 'public, max-age=300').type('text/css; charset=utf-8').send(pagesCss),
  );
}

function addFrameRoute(app: FastifyInstance, deps: Deps, frameDocument: string): void {
  if (!originsMeta.test(frameDocument)) throw new Error('the built frame has no place for the origins: build again');
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
