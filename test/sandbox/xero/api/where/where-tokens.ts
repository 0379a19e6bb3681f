import { queryParseException } from '../../errors.ts';

export type Token =
  | { kind: 'word'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'number'; text: string }
  | { kind: 'sign'; text: string };

const patterns: [kind: Token['kind'] | 'space', pattern: RegExp][] = [
  ['space', /\s+/y],
  ['text', /"((?:[^"]|"")*)"/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['word', /[A-Za-z_]\w*/y],
  ['sign', /&&|\|\||==|!=|<>|>=|<=|[=<>().,!]/y],
];

/** A quotation mark inside a text is written twice, as in .NET's dynamic LINQ, which Xero's filters are based on. */
export function toTokens(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const { kind, match } = nextMatch(source, at);
    at += match[0].length;
    if (kind !== 'space') tokens.push({ kind, text: kind === 'text' ? unquote(match[1] ?? '') : match[0] });
  }
  return tokens;
}

function nextMatch(source: string, at: number) {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match) return { kind, match };
  }
  if (source[at] === '"') throw queryParseException('Unterminated string literal');
  if (source[at] === "'") throw queryParseException('Character literal must contain exactly one character');
  throw queryParseException(`Syntax error '${source[at]}'`);
}

function unquote(text: string): string {
  return text.replaceAll('""', '"');
}
