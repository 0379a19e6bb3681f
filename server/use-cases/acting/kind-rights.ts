import type { DocumentKind } from '#shared/contract/document.ts';
import type { Right } from '#shared/contract/record.ts';
import { type Person, requireRight } from './principal.ts';

const rightOf: Readonly<Record<DocumentKind, Right>> = { quote: 'quotes', invoice: 'invoices', bill: 'bills' };

export function requireKind(person: Person, kind: DocumentKind): void {
  requireRight(person, rightOf[kind]);
}

/** May add documents of the kind. */
export function hasKind(person: Person, kind: DocumentKind): boolean {
  return person.rights.includes(rightOf[kind]);
}

/** May see documents of the kind. Permission to add does not include permission to view. */
export function canSee({ rights }: Pick<Person, 'rights'>, kind: DocumentKind): boolean {
  return rights.includes('view') && (kind !== 'bill' || rights.includes('viewBills'));
}
