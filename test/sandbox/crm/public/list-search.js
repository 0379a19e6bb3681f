import { toNode } from './dom-tree.js';

/** Filters a list while the user types. The form also works without this script. */
export const startListSearch = () => {
  const input = document.querySelector('.search input');
  input.value = new URLSearchParams(location.search).get('q') ?? '';
  if (!document.querySelector('#list')) return;
  input.addEventListener('input', () => show(input));
  input.form.addEventListener('submit', (event) => event.preventDefault());
};

const show = async (input) => {
  const query = input.value.trim();
  const search = query ? `?q=${encodeURIComponent(query)}` : '';
  const response = await fetch(`/data${location.pathname}${search}`).catch(() => undefined);
  if (!response?.ok) return;
  const { content } = await response.json();
  // An answer to an earlier text must not replace a later one.
  if (query !== input.value.trim()) return;
  document.querySelector('#list').replaceWith(toNode(content));
  history.replaceState(null, '', location.pathname + search);
  document.querySelector('#user-menu [name=returnTo]').value = location.pathname + search;
};
