/** Style sheets that code imports. Vite links them. */
declare module '*.css';
