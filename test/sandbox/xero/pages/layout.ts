const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
}

const style = `
:root { color-scheme: light dark; --ink: #1c2733; --muted: #5a6775; --line: #d8dee5; --surface: #fff; --ground: #eef2f6; --accent: #0b5fa5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8edf2; --muted: #a5b1bd; --line: #36424e; --surface: #1a222b; --ground: #10161c; --accent: #6db3f2; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
header { padding: 12px 24px; font-size: 13px; color: var(--muted); border-bottom: 1px solid var(--line); background: var(--surface); }
header strong { color: var(--ink); }
main { width: min(560px, 100% - 32px); margin: 32px auto; padding: 32px; background: var(--surface); border: 1px solid var(--line); border-radius: 10px; }
main.wide { width: min(860px, 100% - 32px); }
h1 { margin: 0 0 8px; font-size: 22px; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 24px 0 8px; font-size: 14px; }
p, ul { margin: 0 0 12px; } ul { padding-left: 20px; }
.muted { color: var(--muted); }
fieldset { margin: 0; padding: 0; border: 0; } legend { padding: 0; }
.choice { display: flex; gap: 10px; align-items: center; padding: 10px 12px; border: 1px solid var(--line); border-radius: 8px; margin-bottom: 8px; cursor: pointer; }
.choice small { color: var(--muted); margin-left: auto; }
.buttons { display: flex; gap: 12px; margin-top: 24px; }
button { font: inherit; font-weight: 600; padding: 10px 18px; border-radius: 8px; border: 1px solid var(--line); background: none; color: inherit; cursor: pointer; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--surface); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 8px 6px; border-bottom: 1px solid var(--line); vertical-align: top; } td.amount, th.amount { text-align: right; white-space: nowrap; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; margin: 0 0 16px; } dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
.status { display: inline-block; padding: 1px 8px; border: 1px solid var(--line); border-radius: 99px; font-size: 13px; }
code { font-size: 13px; overflow-wrap: anywhere; }
`;

/** A page of the sandbox. `body` is escaped HTML. */
export function page(title: string, body: string, shape: 'narrow' | 'wide' = 'narrow'): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<header><strong>Sandbox, not Xero</strong> · a stand-in for tests and demonstrations; nothing here is real</header>
<main class="${shape}">
${body}
</main>
</html>`;
}
