import { canSeeKind, type DocumentKind, documentKinds } from '#shared/document-kinds.ts';
import { type Person, requireRight } from './principal.ts';

/** May add documents of the kind. */
export function requireKind(person: Person, kind: DocumentKind): void {
  requireRight(person, documentKinds[kind].right);
}

/** May add documents of the kind. */
export function hasKind(person: Person, kind: DocumentKind): boolean {
  return person.rights.includes(documentKinds[kind].right);
}

/** May see documents of the kind. */
export function requireSeen(person: Person, kind: DocumentKind): void {
  for (const right of documentKinds[kind].seenWith) requireRight(person, right);
}

/** May see documents of the kind. */
export function canSee({ rights }: Pick<Person, 'rights'>, kind: DocumentKind): boolean {
  return canSeeKind(rights, kind);
}
