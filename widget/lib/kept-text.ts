/**
 * What a person is in the middle of typing, in the frame's `sessionStorage`: it lives as long as the tab, through
 * reloads, other records and elements that are mounted anew. A browser that gives frames no storage keeps nothing, and
 * forms work all the same. Keys name the person and the record, so that nobody else's text turns up.
 */
export function findKeptText<Text>(key: string): Text | null {
  return tryStorage((storage) => {
    const text = storage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Text);
  });
}

export function keepText(key: string, text: unknown): void {
  tryStorage((storage) => storage.setItem(key, JSON.stringify(text)));
}

export function forgetText(key: string): void {
  tryStorage((storage) => storage.removeItem(key));
}

function tryStorage<Answer>(use: (storage: Storage) => Answer): Answer | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
