import { expect, test } from 'vitest';
import { readForm } from './connect-journey.ts';

test('reads a form’s action and fields as a browser does', () => {
  const html =
    '<p>x</p><form method="post" action="/connect"><input type="hidden" name="ticket" value="a&amp;b"></form>';
  expect(readForm(html)).toEqual({ action: '/connect', fields: { ticket: 'a&b' } });
});

test('without a form, the message contains the page', () => {
  expect(() => readForm('<h1>This link is no longer valid</h1>')).toThrow('no longer valid');
});
