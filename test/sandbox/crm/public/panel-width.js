const minimum = 250;
const maximum = 480;
const step = 10;
const storageKey = 'fieldnote-panel-width';

/** Lets the user drag the side panel's edge, or move it with the arrow keys. This browser remembers the width. */
export const startPanelWidth = () => {
  const handle = document.querySelector('.side-handle');
  if (!handle) return;
  const side = handle.closest('.side');
  const panel = side.querySelector('.panel');
  const kept = Number(localStorage.getItem(storageKey));
  if (kept && side.classList.contains('detail')) setWidth(panel, handle, kept);
  else describe(handle, panel.offsetWidth);
  handle.addEventListener('keydown', ({ key }) => {
    const change = { ArrowLeft: step, ArrowRight: -step }[key];
    if (change) keepWidth(panel, handle, panel.offsetWidth + change);
  });
  handle.addEventListener('pointerdown', (event) => {
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    // Otherwise the frame below would receive the pointer's movement.
    side.classList.add('resizing');
  });
  handle.addEventListener('lostpointercapture', () => side.classList.remove('resizing'));
  handle.addEventListener('pointermove', (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    keepWidth(panel, handle, panel.getBoundingClientRect().right - event.clientX);
  });
};

const keepWidth = (panel, handle, width) => {
  setWidth(panel, handle, width);
  localStorage.setItem(storageKey, String(panel.offsetWidth));
};

const setWidth = (panel, handle, width) => {
  document.body.style.setProperty('--side-width', `${Math.min(maximum, Math.max(minimum, Math.round(width)))}px`);
  describe(handle, panel.offsetWidth);
};

const describe = (handle, width) => {
  handle.setAttribute('aria-valuemin', String(minimum));
  handle.setAttribute('aria-valuemax', String(maximum));
  handle.setAttribute('aria-valuenow', String(width));
};
