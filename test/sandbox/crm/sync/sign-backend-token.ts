import { SignJWT } from 'jose';
import type { Product } from '../crm.ts';
import type { Person } from './ledgerside.ts';

/** The product allows at most five minutes. One token serves many requests. */
const lifetimeSeconds = 120;

/** The token of the CRM's backend. `person`: the user who pressed the button. */
export function signBackendToken(
  { productUrl, workspace }: Product,
  { now, person }: { now: Date; person?: Person },
): Promise<string> {
  const iat = Math.floor(now.getTime() / 1000);
  return new SignJWT({
    ...{ iss: workspace.id, aud: `${productUrl}/api/records`, iat, exp: iat + lifetimeSeconds },
    ...(person && { user: person }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', ...(workspace.kid !== undefined && { kid: workspace.kid }) })
    .sign(new TextEncoder().encode(workspace.secret));
}
