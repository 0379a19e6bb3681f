import type { FastifyInstance } from 'fastify';

/** Many clients name JSON as the type of a request that has no body. Nothing of it is JSON then, and nothing is wrong. */
export function takeEmptyJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else parse(request, String(body), done);
  });
}
