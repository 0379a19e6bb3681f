import type { FrameLocator, Locator } from 'playwright-core';
import { press } from './press.ts';

/** Opens a form by the ⋮ menu, as far as its first field. */
export async function openForm(widget: FrameLocator, entry: string): Promise<Locator> {
  await press(widget.getByRole('button', { name: 'More actions' }));
  await press(widget.getByRole('menuitem', { name: entry }));
  const form = widget.getByRole('form', { name: entry });
  await form.getByRole('group', { name: 'Line 1' }).waitFor();
  return form;
}

export function lineOf(form: Locator, place: number): Locator {
  return form.getByRole('group', { name: `Line ${place}` });
}

/** Types a line by hand, as the person would who knows no items. */
export async function typeLine(
  form: Locator,
  place: number,
  { description, quantity, price }: { description: string; quantity: string; price: string },
): Promise<void> {
  const line = lineOf(form, place);
  await line.getByRole('combobox', { name: 'Item or description' }).fill(description);
  await line.getByRole('textbox', { name: 'Qty' }).fill(quantity);
  await line.getByRole('textbox', { name: 'Price' }).fill(price);
  await line.getByRole('textbox', { name: 'Price' }).blur();
}

/** Drops a file on the form, as from the desktop. */
export async function dropFile(form: Locator, file: { name: string; type: string; text: string }): Promise<void> {
  const dataTransfer = await form.evaluateHandle((_, { name, type, text }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, { type }));
    return transfer;
  }, file);
  await form.dispatchEvent('dragover', { dataTransfer });
  await form.dispatchEvent('drop', { dataTransfer });
}
