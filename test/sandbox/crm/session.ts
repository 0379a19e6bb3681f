import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CrmData, User } from './example/crm-data.ts';
import { type Theme, themes, type Visit } from './html/page.ts';

/** Cookies ignore ports, so the names separate this CRM from other programs on 127.0.0.1. */
const userCookie = 'fieldnote_user';
const themeCookie = 'fieldnote_theme';
const oneYearSeconds = 31_536_000;

/** The example has no passwords. Without a cookie, the first user of the data is signed in. */
export function getUser({ users }: CrmData, request: FastifyRequest): User {
  const user = users.find(({ id }) => id === request.cookies[userCookie]) ?? users[0];
  if (!user) throw new Error('the CRM has no users');
  return user;
}

export function toVisit(data: CrmData, request: FastifyRequest): Visit {
  return {
    user: getUser(data, request),
    users: data.users,
    theme: toTheme(request.cookies[themeCookie]),
    path: request.url,
  };
}

function toTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? 'auto';
}

export function addSessionRoutes(app: FastifyInstance, { users }: CrmData): void {
  app.post<{ Body: { userId?: string; returnTo?: string } }>('/session', async (request, reply) => {
    const user = users.find(({ id }) => id === request.body?.userId);
    if (!user) return reply.code(400).type('text/plain').send('There is no such user.');
    reply.setCookie(userCookie, user.id, { path: '/', httpOnly: true, sameSite: 'lax' });
    return reply.redirect(toLocalPath(request.body.returnTo), 303);
  });
  app.post<{ Body: { theme?: string } }>('/session/theme', async (request, reply) => {
    const theme = toTheme(request.body?.theme);
    reply.setCookie(themeCookie, theme, { path: '/', httpOnly: true, sameSite: 'lax', maxAge: oneYearSeconds });
    return reply.code(204).send();
  });
}

/** Only paths of this site, because `//host` and `/\host` would leave it. */
function toLocalPath(path: string | undefined): string {
  return path && /^\/(?![/\\])/.test(path) ? path : '/contacts';
}
