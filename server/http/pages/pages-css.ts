/** The style of all our pages: the connect pages and the pages shown in place of a widget. */
export const pagesCss = `:root {
  --ink: #17212b;
  --muted: #5a6875;
  --line: #e2e7ec;
  --surface: #fff;
  --ground: #eef1f4;
  --accent: #0a66c2;
  --on-accent: #fff;
  --warn: #8a5a00;
}

@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e9eef3;
    --muted: #a3b0bd;
    --line: #2c3742;
    --surface: #161c22;
    --ground: #0e1317;
    --accent: #6db3f7;
    --on-accent: #0b1620;
    --warn: #f2c063;
  }
}

* {
  box-sizing: border-box;
}

body {
  display: grid;
  place-items: center;
  min-height: 100vh;
  margin: 0;
  padding: 24px;
  background: var(--ground);
  color: var(--ink);
  font:
    0.9375rem / 1.55 system-ui,
    -apple-system,
    "Segoe UI",
    Roboto,
    "Helvetica Neue",
    Arial,
    sans-serif;
}

.card {
  width: 100%;
  max-width: 27.5rem;
  padding: 28px 32px 32px;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: var(--surface);
  box-shadow:
    0 1px 2px #0f1b2a14,
    0 8px 32px #0f1b2a14;
}

.card.problem {
  border-top: 4px solid var(--warn);
}

.brand {
  margin: 0 0 20px;
  font-size: 0.8125rem;
  font-weight: 600;
}

.brand span {
  color: var(--muted);
  font-weight: 400;
}

h1 {
  margin: 0 0 12px;
  font-size: 1.3125rem;
  font-weight: 650;
  letter-spacing: -0.015em;
  line-height: 1.3;
  overflow-wrap: anywhere;
}

p {
  margin: 0 0 12px;
  overflow-wrap: anywhere;
}

ul {
  margin: 0 0 20px;
  padding-left: 20px;
  color: var(--muted);
}

.quiet {
  margin: 16px 0 0;
  color: var(--muted);
  font-size: 0.8125rem;
}

.action {
  display: inline-block;
  min-height: 40px;
  margin-top: 8px;
  padding: 9px 18px;
  border: 0;
  border-radius: 8px;
  background: var(--accent);
  color: var(--on-accent);
  font: inherit;
  font-weight: 600;
  text-decoration: none;
  cursor: pointer;
}

.action:hover {
  filter: brightness(1.08);
}

.action:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 3px;
}
`;
