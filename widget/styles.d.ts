/** Style sheets that a lazily loaded screen brings along; Vite links them. */
declare module '*.css';
