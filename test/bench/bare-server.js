import fastify from 'fastify';

/** A Fastify route that only returns the given bytes, to compare a warm view with. */
const body = process.env.BODY ?? '';
const app = fastify();
app.get('/api/view', (_request, reply) => reply.type('application/json; charset=utf-8').send(body));
console.log(await app.listen({ host: 'localhost', port: 0 }));
