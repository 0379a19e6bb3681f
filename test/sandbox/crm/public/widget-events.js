const shownMilliseconds = 4000;

/** All events of all widgets on this page, oldest first, for tests and debugging. */
window.ledgersideEvents = [];

const texts = {
  ready: () => 'Xero panel ready',
  linked: () => 'Linked to a Xero contact',
  unlinked: () => 'Unlinked from Xero',
  created: ({ kind, number }) => `Added ${[kind, number].filter(Boolean).join(' ')} in Xero`,
  error: ({ code }) => `Xero panel: ${String(code).replaceAll('_', ' ')}`,
};

export const watchWidget = (widget) => {
  for (const [name, toText] of Object.entries(texts)) {
    widget.addEventListener(`ledgerside:${name}`, ({ detail }) => {
      window.ledgersideEvents.push({ type: name, detail, recordId: widget.getAttribute('record-id') });
      showState(widget, name);
      showToast(name, toText(detail ?? {}), detail?.url);
    });
  }
};

/** If the loader's script could not be loaded, the element stays undefined and would be an empty space. */
export const watchMissingLoader = () => {
  addEventListener('load', () => {
    if (customElements.get('ledgerside-widget')) return;
    for (const widget of document.querySelectorAll('ledgerside-widget')) {
      const note = document.createElement('p');
      note.className = 'empty';
      note.textContent = 'The Xero panel could not be loaded. Reload the page to try again.';
      widget.after(note);
    }
  });
};

const states = { ready: 'Ready', error: 'In trouble' };

const showState = (widget, name) => {
  const state = widget.closest('.panel')?.querySelector('.panel-state');
  if (!state || !states[name]) return;
  state.dataset.state = name;
  state.setAttribute('aria-label', states[name]);
};

const showToast = (name, text, url) => {
  const toast = document.createElement('p');
  const words = document.createElement('span');
  words.textContent = words.title = text;
  toast.className = `toast ${name}`;
  toast.append(words);
  if (/^https?:/.test(url ?? '')) toast.append(toLink(url));
  document.querySelector('#toasts').replaceChildren(toast);
  setTimeout(() => toast.remove(), shownMilliseconds);
};

const toLink = (url) => {
  const link = document.createElement('a');
  Object.assign(link, { href: url, target: '_blank', rel: 'noopener noreferrer', textContent: 'View in Xero' });
  return link;
};
