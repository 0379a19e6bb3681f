import { expect, test } from 'vitest';
import { findUnknownNames } from './picture-names.ts';

const document = [
  'The text may name lookForInvoices.',
  '```mermaid',
  'sequenceDiagram',
  '  participant Http as server/http',
  "  Http->>View: readViewAnswer, by the bill's Url",
  '  View->>Ledger: findViewKey asks for the versions',
  '```',
  '```ts',
  'const notDrawn = 1;',
  '```',
].join('\n');

test('a name in a picture that the code does not have is reported', () => {
  expect(findUnknownNames(document, new Set(['readViewAnswer', 'findViewKey']))).toEqual([]);
  expect(findUnknownNames(document, new Set(['readViewAnswer']))).toEqual(['findViewKey']);
});
