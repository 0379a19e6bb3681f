import { useEffect } from 'react';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { ListedDocument } from '#shared/contract/documents.ts';
import { useIsWide } from '#widget/lib/use-is-wide.ts';
import { useRowWalk } from '#widget/lib/use-row-walk.ts';
import type { Choose } from './document-lists.tsx';
import { DocumentRows } from './document-rows.tsx';
import { DocumentTable } from './document-table.tsx';
import { focusDocument } from './focus-document.ts';

/** From this width on there is room for columns, in em: 640 pixels at the usual font size of 16. */
const tableEm = 40;

export type ListProps = {
  kind: DocumentKind;
  documents: readonly ListedDocument[];
  /** Rows name their contact. */
  hasContacts: boolean;
  isDeal: boolean;
  /** The document that takes the focus if it is in the list. */
  lastId: string | null;
  /** null for users who may not choose. */
  onChoose: Choose | null;
  onOpen(document: ListedDocument): void;
};

export type Walk = Pick<ReturnType<typeof useRowWalk>, 'walk' | 'tabIndexOf'>;

/** One page of documents: a table in wide frames, rows of two lines in narrow ones. */
export function DocumentList(props: ListProps) {
  const { lastId } = props;
  const isWide = useIsWide(tableEm);
  const walk = useRowWalk(props.documents.length);
  useEffect(() => focusDocument(lastId), [lastId]);
  const List = isWide ? DocumentTable : DocumentRows;
  return <List {...props} {...walk} />;
}
