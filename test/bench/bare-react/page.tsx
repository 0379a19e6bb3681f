import { createRoot } from 'react-dom/client';

/** The least a React page can be: what the frame's first paint is weighed against. */
const root = document.querySelector('#root');
if (root) createRoot(root).render(<h1>Hello</h1>);
