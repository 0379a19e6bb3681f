import type { SessionView } from '#shared/contract/session/view.ts';

/** A form, an open menu, a question, View Details, or a list of choices. */
const open = 'form, [popover]:popover-open, [role=alertdialog], [data-part=details], [role=listbox]:not([hidden])';

/** True while a person is doing something that another screen would interrupt. */
export function isEngaged(page: Document): boolean {
  const { activeElement } = page;
  const isTyping =
    (activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement) &&
    activeElement.value !== '';
  return isTyping || page.querySelector(open) !== null;
}

/** Identifies the screen of a view. Figures may change at any time, the screen must not. */
export function nameScreen(view: SessionView | undefined): string {
  switch (view?.status) {
    case 'linked':
      return `linked ${view.contact.id}`;
    case 'company':
      return `company ${view.members.map(({ contact }) => contact.id).sort()}`;
    case 'deal':
      return `deal ${view.contact?.id}`;
    default:
      return view?.status ?? '';
  }
}
