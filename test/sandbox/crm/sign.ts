import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Books } from './books/books.ts';
import { type Claims, findRecordClaims } from './claims.ts';
import { type Product, seenBy } from './crm.ts';
import type { CrmData } from './example/crm-data.ts';
import { exampleData } from './example/example-data.ts';

/** The product allows at most five minutes. The token is requested just before it is used. */
const lifetimeSeconds = 60;

export type RecordTokenRequest = Product & {
  userId: string;
  /** `contact`, `company`, `deal`, `settings`, `sync`, or a record of the books such as `expense`. */
  recordType: string;
  /** Ignored in settings and sync. */
  recordId: string;
  /** This CRM's own origin, for `record.url`. */
  origin: string;
  now?: Date;
  /** Claims to replace, or to remove when `undefined`. */
  overrides?: Claims;
  data?: CrmData;
  /** Where expenses, invoices and the like are found. */
  books?: Books;
};

/** A token for one user and one record; undefined when the CRM has no such user or record. */
export async function findRecordToken(request: RecordTokenRequest): Promise<string | undefined> {
  const { data = exampleData, now = new Date(), productUrl, workspace, overrides } = request;
  const user = data.users.find(({ id }) => id === request.userId);
  const recordClaims = user && findRecordClaims(seenBy(data, user), request);
  if (!user || !recordClaims) return undefined;
  const iat = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    iss: workspace.id,
    aud: productUrl,
    sub: user.id,
    iat,
    exp: iat + lifetimeSeconds,
    jti: randomUUID(),
    user: { name: user.name, email: user.email, admin: user.admin },
    ...recordClaims,
    ...overrides,
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...(workspace.kid !== undefined && { kid: workspace.kid }) })
    .sign(new TextEncoder().encode(workspace.secret));
}

/** The same for callers that know that the record exists. */
export async function signRecordToken(request: RecordTokenRequest): Promise<string> {
  const token = await findRecordToken(request);
  if (!token) throw new Error(`the CRM has no ${request.recordType} ${request.recordId} or no user ${request.userId}`);
  return token;
}
