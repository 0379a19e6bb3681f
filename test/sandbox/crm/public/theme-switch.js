/** Applies the theme at once and stores it on the server, so that the next page uses it. */
export const startThemeSwitch = () => {
  const root = document.documentElement;
  document.querySelector('#theme-switch').addEventListener('click', () => {
    const theme = isDark(root.dataset.theme) ? 'light' : 'dark';
    root.dataset.theme = theme;
    for (const widget of document.querySelectorAll('ledgerside-widget')) widget.setAttribute('theme', theme);
    fetch('/session/theme', { method: 'POST', body: new URLSearchParams({ theme }), keepalive: true });
  });
};

const isDark = (theme) => (theme === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark');
