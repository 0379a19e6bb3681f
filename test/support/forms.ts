import type { FrameLocator, Locator } from 'playwright-core';

/** Opens a form by the ⋮ menu, as far as its first field. */
export async function openForm(widget: FrameLocator, entry: string): Promise<Locator> {
  await widget.getByRole('button', { name: 'More actions' }).click();
  await widget.getByRole('menuitem', { name: entry }).click();
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

/**
 * Presses a button of the form once the frame stands still: what was typed last may have changed its height, and a
 * machine is quick enough to press where the button was a moment ago.
 */
export async function press(form: Locator, name: string, role: 'button' | 'menuitem' = 'button'): Promise<void> {
  await form.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const wanted = 12;
        const look = (calmFrames: number, before: string): void => {
          const { scrollHeight } = document.documentElement;
          const now = `${scrollHeight} ${innerHeight}`;
          const isCalm = now === before;
          if (isCalm && calmFrames === wanted) resolve();
          else requestAnimationFrame(() => look(isCalm ? calmFrames + 1 : 0, now));
        };
        look(0, '');
      }),
  );
  await form.getByRole(role, { name }).click();
}
