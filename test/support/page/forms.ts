import type { FrameLocator, JSHandle, Locator } from 'playwright-core';
import { press } from './press.ts';

/** Opens a form from the ⋮ menu and waits for its first field. */
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

/** Types a line by hand, without choosing an item. */
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

type FileText = { name: string; type: string; text: string };

/** Drops a file on the form, as if from the desktop. */
export async function dropFile(form: Locator, file: FileText): Promise<void> {
  const dataTransfer = await toTransfer(form, file);
  await form.dispatchEvent('dragover', { dataTransfer });
  await form.dispatchEvent('drop', { dataTransfer });
}

/** Pastes a file into the form's first box, as with a picture from the clipboard. */
export async function pasteFile(form: Locator, file: FileText): Promise<void> {
  const box = form.getByRole('textbox').first();
  await box.evaluate(
    (input, clipboardData) => {
      input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    await toTransfer(form, file),
  );
}

/** Contains no named function, because tsx would add a helper call that does not exist in the page. */
function toTransfer(form: Locator, file: FileText): Promise<JSHandle<DataTransfer>> {
  return form.evaluateHandle((_, { name, type, text }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name, { type }));
    return transfer;
  }, file);
}
