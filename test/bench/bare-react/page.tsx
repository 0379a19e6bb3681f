import { createRoot } from 'react-dom/client';

/** The smallest possible React page, to compare the frame's first paint with. */
const root = document.querySelector('#root');
if (root) createRoot(root).render(<h1>Hello</h1>);
