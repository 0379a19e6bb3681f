import { canSeeKind, type DocumentKind, documentKinds } from '#shared/document-kinds.ts';
import { type Person, requireRight } from './principal.ts';

/** Whether the person may add documents of the kind. */
export function canAdd({ rights }: Pick<Person, 'rights'>, kind: DocumentKind): boolean {
  return rights.includes(documentKinds[kind].right);
}

/** Throws `forbidden` if the person may not add documents of the kind. */
export function requireAdd(person: Person, kind: DocumentKind): void {
  requireRight(person, documentKinds[kind].right);
}

/** Whether the person may view documents of the kind. */
export function canSee({ rights }: Pick<Person, 'rights'>, kind: DocumentKind): boolean {
  return canSeeKind(rights, kind);
}

/** Throws `forbidden` if the person may not view documents of the kind. */
export function requireSee(person: Person, kind: DocumentKind): void {
  for (const right of documentKinds[kind].seenWith) requireRight(person, right);
}
