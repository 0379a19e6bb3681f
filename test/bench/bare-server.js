import fastify from 'fastify';

/** A Fastify route that answers the bytes it was given, and nothing else: what a warm view is measured against. */
const body = process.env.BODY ?? '';
const app = fastify();
app.get('/api/view', (_request, reply) => reply.type('application/json; charset=utf-8').send(body));
console.log(await app.listen({ host: 'localhost', port: 0 }));
