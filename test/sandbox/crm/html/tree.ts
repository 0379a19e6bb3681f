export type Attributes = Readonly<Record<string, string | true | undefined>>;

/** A page as data. The server writes it as HTML; the browser builds DOM nodes from it when records are swapped. */
export type Tree = { tag: string; attributes: Attributes; children: readonly (Tree | string)[] };

export type Child = Tree | string | undefined | readonly Child[];

export function h(tag: string, attributes: Attributes = {}, ...children: Child[]): Tree {
  return {
    tag,
    attributes,
    children: flatten(children),
  };
}

function flatten(children: readonly Child[]): (Tree | string)[] {
  return children.flatMap((child) => {
    if (child === undefined) return [];
    return typeof child === 'string' || 'tag' in child ? [child] : flatten(child);
  });
}

const voidTags = new Set(['input', 'link', 'meta', 'img', 'br', 'hr', 'wbr']);

/** Escapes every text and attribute value. Markup cannot be passed in. */
export function renderHtml(node: Tree | string): string {
  if (typeof node === 'string') return escapeHtml(node);
  const opening = `<${node.tag}${renderAttributes(node.attributes)}>`;
  if (voidTags.has(node.tag)) return opening;
  return `${opening}${node.children.map(renderHtml).join('')}</${node.tag}>`;
}

function renderAttributes(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      if (value === undefined) return '';
      return value === true ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`;
    })
    .join('');
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
