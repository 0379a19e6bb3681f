import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Crm } from '../crm.ts';
import { type Page, renderPage } from '../html/page.ts';
import { messagePage } from '../html/setup-page.ts';
import { toVisit } from '../session.ts';

export function sendPage(crm: Crm, request: FastifyRequest, reply: FastifyReply, page: Page): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(renderPage(crm, toVisit(crm.data, request), page));
}

export function sendNotFound(crm: Crm, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendPage(crm, request, reply.code(404), messagePage('Not found', 'There is nothing at this address.'));
}
