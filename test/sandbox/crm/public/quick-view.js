import { watchWidget } from './widget-events.js';

/** The quick view: one widget for the whole list. Each button gives it another record. */
export const startQuickView = () => {
  const card = document.querySelector('#quick-card');
  if (!card) return;
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-quick]') : null;
    if (button) open(card, button);
  });
  card.querySelector('button').addEventListener('click', () => close(card));
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close(card);
  });
};

const sections = { contact: 'contacts', company: 'companies', deal: 'deals' };

const open = (card, button) => {
  const { quick: id, type, name } = button.dataset;
  card.querySelector('b').textContent = name;
  card.querySelector('b').title = name;
  card.querySelector('a').href = `/${sections[type]}/${id}`;
  const widget = card.querySelector('ledgerside-widget') ?? createWidget(card);
  widget.setAttribute('record-type', type);
  widget.setAttribute('record-id', id);
  if (!widget.isConnected) card.querySelector('.quick-widget').append(widget);
  card.hidden = false;
  for (const row of document.querySelectorAll('tr[aria-current]')) row.removeAttribute('aria-current');
  button.closest('tr').setAttribute('aria-current', 'true');
};

const close = (card) => {
  card.hidden = true;
  for (const row of document.querySelectorAll('tr[aria-current]')) row.removeAttribute('aria-current');
};

/** Uses the other way to give tokens: a function instead of `token-url`. */
const createWidget = (card) => {
  const widget = document.createElement('ledgerside-widget');
  const { server, workspace, locale } = card.dataset;
  const attributes = { server, workspace, locale, view: 'quick', theme: document.documentElement.dataset.theme };
  for (const [name, value] of Object.entries(attributes)) widget.setAttribute(name, value);
  widget.getToken = fetchToken;
  watchWidget(widget);
  return widget;
};

const fetchToken = async ({ recordType, recordId }) => {
  const response = await fetch(`/ledgerside-token?${new URLSearchParams({ recordType, recordId })}`, {
    cache: 'no-store',
  });
  if (!response.ok) throw new Error(`no token: ${response.status}`);
  return response.text();
};
