import { toNode } from './dom-tree.js';

/** Opens another record of the same type without reloading the page or the widget's frame. Only `record-id` changes. */
export const startRecordSwap = () => {
  if (!document.querySelector('#record')) return;
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!link || event.defaultPrevented || event.button !== 0 || isModified(event) || !isSameType(link)) return;
    event.preventDefault();
    history.pushState(null, '', link.pathname + location.search);
    swapTo(link.pathname, link.rel);
  });
  addEventListener('popstate', () => swapTo(location.pathname, ''));
};

const isModified = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

const sectionOf = (path) => path.split('/')[1];

const isSameType = (link) =>
  link.origin === location.origin &&
  sectionOf(link.pathname) === sectionOf(location.pathname) &&
  link.pathname.split('/').length === 3;

/** `rel` names the pressed button, which keeps the focus in the new record. */
const swapTo = async (path, rel) => {
  const response = await fetch(`/data${path}`).catch(() => undefined);
  if (path !== location.pathname) return;
  if (!response?.ok) return location.reload();
  const { type, id, title, content } = await response.json();
  if (path !== location.pathname) return;
  document.querySelector('#record').replaceWith(toNode(content));
  document.title = `${title} · Fieldnote`;
  document.querySelector('#user-menu [name=returnTo]').value = path + location.search;
  const widget = document.querySelector('.side ledgerside-widget');
  widget.setAttribute('record-type', type);
  widget.setAttribute('record-id', id);
  (document.querySelector(`#record [rel="${rel}"][href]`) ?? document.querySelector('#record h1')).focus();
};
