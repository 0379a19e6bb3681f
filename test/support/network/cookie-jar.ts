/** A browser's cookies for one site, as far as a redirect journey needs them. */
export type CookieJar = { visit(address: string, init?: RequestInit): Promise<Response> };

/** Follows no redirects, so that the caller can check each step. */
export function buildCookieJar(): CookieJar {
  const cookies = new Map<string, string>();
  return {
    async visit(address, init = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = new Headers(init.headers);
      if (cookie !== '') headers.set('cookie', cookie);
      const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
      for (const line of answer.headers.getSetCookie()) keep(cookies, line);
      return answer;
    },
  };
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const name = pair.slice(0, pair.indexOf('=')).trim();
  const isGone = attributes.some((attribute) => /^\s*max-age\s*=\s*0\s*$/i.test(attribute));
  if (isGone) cookies.delete(name);
  else cookies.set(name, pair.slice(pair.indexOf('=') + 1).trim());
}
