/** Counts the selected rows of a list, and lets all rows be selected at once. The form also works without this script. */
export const startListSelect = () => {
  if (!document.querySelector('.list.books')) return;
  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'checkbox') return;
    if ('selectAll' in target.dataset) for (const box of listBoxes()) box.checked = target.checked;
    showCount();
  });
  // A search replaces the list, and a page from the browser's history has its boxes checked.
  new MutationObserver(showCount).observe(document.querySelector('#main'), { childList: true });
  addEventListener('pageshow', showCount);
};

const listBoxes = () => [...document.querySelectorAll('.list.books input[name=id]')];

const showCount = () => {
  const boxes = listBoxes();
  const count = boxes.filter((box) => box.checked).length;
  document.querySelector('.list-selected').textContent = count > 0 ? `${count} selected` : '';
  for (const button of document.querySelectorAll('[data-needs-selection]')) button.disabled = count === 0;
  const all = document.querySelector('[data-select-all]');
  if (!all) return;
  all.checked = count > 0 && count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
};
