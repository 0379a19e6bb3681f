/**
 * Stores half-typed text in the frame's `sessionStorage`. It lives as long as the tab, through reloads, other records
 * and remounted elements. If the browser gives the frame no storage, nothing is kept and forms still work. Keys name
 * the person and the record, so that nobody sees another person's text.
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
