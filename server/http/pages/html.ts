/** Markup that is safe to send, because every value in it was escaped. */
export type Html = { readonly markup: string };

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Template tag: escapes text, inserts `Html` unchanged, and inserts nothing for `null`. */
export function html(strings: TemplateStringsArray, ...values: readonly (string | Html | null)[]): Html {
  const parts = strings.map((text, index) => text + toMarkup(values[index] ?? null));
  return { markup: parts.join('') };
}

/** One piece after the other, each on a line of its own. */
export function joinHtml(pieces: readonly Html[]): Html {
  return { markup: pieces.map(({ markup }) => markup).join('\n') };
}

function toMarkup(value: string | Html | null): string {
  if (value === null) return '';
  return typeof value === 'string' ? escapeHtml(value) : value.markup;
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
