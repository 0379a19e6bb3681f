import { expect, test } from 'vitest';
import { nameField } from './name-field.ts';

test.each([
  ['category', 'Category'],
  ['dueDate', 'Due date'],
  ['lines.2.taxRate', 'Line 3, tax rate'],
  ['lines', 'Lines'],
  ['tracking.0', 'Tracking, number 1'],
  ['lines.0.item.crmId', 'Line 1, item'],
  ['invoice.crmId', 'Invoice'],
  ['supplier.name', 'Supplier, name'],
])('when the path is %s, then people read %s', (path, words) => {
  expect(nameField(path)).toBe(words);
});
