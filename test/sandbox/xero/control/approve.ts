export type Decision = {
  /** Tenant ids; by default the one preselected on the page. */
  organisations?: string[];
  deny?: boolean;
};

/** What a person does on the consent page, over HTTP. Returns the address that the browser is sent to. */
export async function approve(authorizeUrl: string, { organisations, deny }: Decision = {}): Promise<string> {
  const shown = await fetch(authorizeUrl);
  const html = await shown.text();
  if (!shown.ok) throw new Error(`consent page: ${shown.status} ${textOf(html)}`);
  const url = new URL(authorizeUrl);
  const form = new URLSearchParams(url.searchParams);
  form.set('decision', deny ? 'cancel' : 'allow');
  for (const tenantId of organisations ?? checkedIn(html)) form.append('organisation', tenantId);
  const answer = await fetch(`${url.origin}${url.pathname}`, { method: 'POST', body: form, redirect: 'manual' });
  const location = answer.headers.get('location');
  if (location === null) throw new Error(`consent page: ${answer.status} ${textOf(await answer.text())}`);
  return location;
}

function checkedIn(html: string): string[] {
  return [...html.matchAll(/name="organisation" value="([^"]+)" checked/g)].map((match) => match[1] ?? '');
}

function textOf(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
