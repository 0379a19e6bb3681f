// A token endpoint for Ledgerside in Node.js (18 or newer), without any package.
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const workspace = process.env.LEDGERSIDE_WORKSPACE;
// The key is the secret's UTF-8 bytes. Do not decode it as hex or base64.
const secret = process.env.LEDGERSIDE_SECRET;
// The server's public address, as in the element's `server`.
const server = process.env.LEDGERSIDE_SERVER;
// This CRM's own origin, which is one of the workspace's origins.
const origin = process.env.CRM_ORIGIN;

// Stands for the CRM's database. A missing value is null.
const users = new Map([
  [7, { name: 'Olivia Hart', email: 'olivia@crm.example', admin: true }],
  [8, { name: 'Ben Carter', email: null, admin: false }],
]);
const companies = new Map([[501, { name: 'Harbour Lights' }]]);
const contacts = new Map([
  [1001, { name: 'Nora Lindqvist', email: 'nora@harbourlights.example', companyId: 501 }],
  [1002, { name: 'Zoë Åkesson 株式会社', email: null, companyId: null }],
]);

const base64url = (text) => Buffer.from(text, 'utf8').toString('base64url');

/** A JWT with HS256: header, payload and signature, in base64url without padding. */
function sign(claims) {
  const signed = `${base64url('{"alg":"HS256","typ":"JWT"}')}.${base64url(JSON.stringify(claims))}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The claims about the record; undefined when there is no such record. */
function describeRecord(type, id) {
  if (type === 'settings') {
    const people = [...users].map(([userId, { name, email }]) => ({ id: userId, name, email }));
    return { record: { type, url: `${origin}/settings` }, users: people };
  }
  const contact = type === 'contact' && /^\d+$/.test(id) ? contacts.get(Number(id)) : undefined;
  if (!contact) return undefined;
  const { name, email, companyId } = contact;
  const company = companies.get(companyId);
  return {
    record: { type, id: Number(id), url: `${origin}/contacts/${id}`, name, email },
    company: company ? { id: companyId, name: company.name } : null,
  };
}

/** Replace this with your own session: return the user who is signed in to the CRM, never one named by the request. */
function findUserId({ headers }) {
  const id = Number(/(?:^|;\s*)crm_user=(\d+)(?:;|$)/.exec(headers.cookie ?? '')?.[1]);
  return users.has(id) ? id : undefined;
}

function answer(request, query) {
  const userId = findUserId(request);
  const user = users.get(userId);
  const type = query.get('recordType');
  if (!user) return [401, 'Sign in first.'];
  if (type === 'settings' && !user.admin) return [403, 'Only for admins.'];
  const described = describeRecord(type, query.get('recordId') ?? '');
  if (!described) return [404, 'There is no such record.'];
  const iat = Math.floor(Date.now() / 1000);
  const times = { iat, exp: iat + 60, jti: randomUUID() };
  return [200, sign({ iss: workspace, aud: server, sub: userId, ...times, user, ...described })];
}

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, origin);
  const isAsked = pathname === '/ledgerside-token' && request.method === 'GET';
  const [status, text] = isAsked ? answer(request, searchParams) : [404, 'Nothing is here.'];
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(text);
}).listen(Number(process.env.PORT), '127.0.0.1');
