import { expect, test } from 'vitest';
import { h, renderHtml } from './tree.ts';

test('when text or attributes hold markup, then it is escaped', () => {
  const tree = h('a', { title: `"><script>'` }, '<script>alert(1)</script> & more');
  expect(renderHtml(tree)).toBe(
    '<a title="&quot;&gt;&lt;script&gt;&#39;">&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</a>',
  );
});

test('when attributes are true or absent, then they are bare or left out', () => {
  expect(renderHtml(h('input', { disabled: true, title: undefined }))).toBe('<input disabled>');
});

test('when children are nested or absent, then they are flattened in order', () => {
  expect(renderHtml(h('p', {}, ['a', [h('b', {}, 'b')]], undefined, 'c'))).toBe('<p>a<b>b</b>c</p>');
});
