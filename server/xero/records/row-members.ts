/** A member of a row or an element. A dot leads into an object inside. Null when it is missing or not text. */
export function readMember(row: unknown, path: string): string | null {
  const value = path.split('.').reduce<unknown>((inside, name) => {
    return typeof inside === 'object' && inside !== null && Object.hasOwn(inside, name)
      ? Reflect.get(inside, name)
      : undefined;
  }, row);
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** The same for Xero: it drops outer and double spaces, and writes ids in either case. */
export function toSameText(text: string): string {
  return text.trim().replace(/\s+/g, ' ').toLowerCase();
}
