import { expect, test } from 'vitest';
import { checkStyles, findStyleFaults } from './styles.ts';

const ui = { path: 'widget/ui/styles/ui.css', text: '.button { color: red }\n.small:hover { color: red }' };
const uiPage = { path: 'widget/ui/button.tsx', text: `const a = <b className={isBig ? 'button' : 'small'} />;` };
const deal = { path: 'widget/features/deal/deal.css', text: '.deal-bar .button, .deal-none { color: red }' };
const dealPage = {
  path: 'widget/features/deal/deal.tsx',
  text: `const a = <b className={\`deal-bar\${isEmpty ? ' deal-none' : ''}\`} />;`,
};
const link = { path: 'widget/features/link/link.tsx', text: '' };
const house = [ui, uiPage, deal, dealPage, link];
function css(text: string, path = deal.path) {
  return { path, text: `${deal.text}\n${text}` };
}
function page(text: string, path = dealPage.path) {
  return { path, text: `${dealPage.text}\n${text}` };
}

test('a feature may style its own classes, and what ui draws within them', () => {
  expect(findStyleFaults(house)).toEqual([]);
});

test.each([
  [
    'a rule that names no class of its feature',
    [ui, uiPage, css('.button { color: blue }'), dealPage, link],
    'widget/features/deal/deal.css: .button names no class .deal-…',
  ],
  [
    'a class without the prefix',
    [ui, uiPage, css('.deal-bar .row { color: blue }'), page('const c = <i className="row" />;'), link],
    'widget/features/deal/deal.css: .row should begin with deal-',
  ],
  [
    'a class of another feature in a sheet',
    [...house.slice(0, 4), { path: 'widget/features/link/link.css', text: '.deal-bar { color: blue }' }, link],
    'widget/features/link/link.css: .deal-bar belongs to the feature deal',
  ],
  [
    'a class of another feature in a component',
    [...house.slice(0, 4), { ...link, text: 'const c = <i className="deal-bar" />;' }],
    'widget/features/link/link.tsx: .deal-bar belongs to the feature deal',
  ],
  [
    'a class of a feature in ui',
    [...house, { path: 'widget/ui/styles/more.css', text: '.deal-bar { color: blue }' }],
    'widget/ui/styles/more.css: .deal-bar belongs to the feature deal',
  ],
  [
    'a class that no sheet defines',
    [ui, uiPage, deal, page('const c = <i className="row" />;'), link],
    'widget/features/deal/deal.tsx uses .row, which no sheet defines',
  ],
  [
    'a class that nobody uses',
    [ui, uiPage, css('.deal-old { color: blue }'), dealPage, link],
    '.deal-old is used nowhere',
  ],
  [
    'a class of ui that one feature alone uses',
    [
      ...house,
      { path: 'widget/ui/styles/more.css', text: '.row { color: blue }' },
      page('const c = <i className="row" />;'),
    ],
    '.row is used by the feature deal alone: move it there',
  ],
  [
    'an animation that two sheets define',
    [
      ...house,
      css('@keyframes turn { to { rotate: 1turn } }'),
      { ...ui, text: '@keyframes turn { to { rotate: 2turn } }' },
    ],
    '@keyframes turn is defined twice',
  ],
  [
    'code that finds an element by its class',
    [...house, page(`const c = document.querySelector('form, .deal-bar button');`)],
    'widget/features/deal/deal.tsx finds elements by “form, .deal-bar button”: use an attribute',
  ],
])('%s is refused', (_what, sources, fault) => {
  expect(findStyleFaults(sources)).toEqual([fault]);
});

test('a class whose end is computed counts as used', () => {
  const computed = page('const c = <i className={`deal-$'.concat('{name}`} />;'));
  expect(findStyleFaults([ui, uiPage, css('.deal-paid { color: blue }'), computed, link])).toEqual([]);
});

test('the widget itself holds these rules', async () => {
  expect(await checkStyles()).toEqual([]);
});
