/** Moves the focus to the row of the document that was open before. */
export function focusDocument(id: string | null): void {
  if (id !== null) document.querySelector<HTMLElement>(`[data-document="${id}"]`)?.focus();
}
