import { toNode } from './dom-tree.js';

const everyMilliseconds = 2000;

/** While records are on their way, the table or card that shows them asks for itself again. */
export const startFollowing = () => {
  setInterval(follow, everyMilliseconds);
};

const follow = async () => {
  const shown = document.querySelector('[data-follow]');
  if (!shown || document.hidden || isInUse(shown)) return;
  const response = await fetch(shown.dataset.follow).catch(() => undefined);
  if (!response?.ok) return;
  const { content } = await response.json();
  // The page may have changed while the answer was on its way.
  if (shown.isConnected && !isInUse(shown)) shown.replaceWith(toNode(content));
};

/** Rows that somebody is choosing or stands on stay as they are. */
const isInUse = (shown) => shown.querySelector('input:checked') !== null || shown.contains(document.activeElement);
