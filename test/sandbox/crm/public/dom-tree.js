const svgNamespace = 'http://www.w3.org/2000/svg';
const svgTags = new Set(['svg', 'path']);

/** Builds nodes from the tree that the server would write as HTML. No markup is parsed, so none can be injected. */
export const toNode = (tree) => {
  if (typeof tree === 'string') return document.createTextNode(tree);
  const element = svgTags.has(tree.tag)
    ? document.createElementNS(svgNamespace, tree.tag)
    : document.createElement(tree.tag);
  for (const [name, value] of Object.entries(tree.attributes)) element.setAttribute(name, value === true ? '' : value);
  element.append(...tree.children.map(toNode));
  return element;
};
