import type { DocumentList, documentsPerPage } from '#shared/contract/documents.ts';
import { useFrame } from '#widget/session/frame.ts';
import { IconButton } from '#widget/ui/button.tsx';
import { listWords } from '../words.ts';

/** Equal to the contract's number, without importing zod. The compiler keeps the two equal. */
const perPage: typeof documentsPerPage = 50;

type Props = { list: DocumentList; onPage(page: number): void };

/** Says which documents these are, and leads to the other pages. */
export function Pager({ list: { page, pageCount, total, documents, partialUntil }, onPage }: Props) {
  const { format } = useFrame();
  if (pageCount <= 1) return null;
  const all = partialUntil ? listWords.atLeast(format.count(total)) : format.count(total);
  const before = (page - 1) * perPage;
  const range = listWords.range(format.count(before + 1), format.count(before + documents.length), all);
  return (
    <nav className="documents-pager" aria-label={listWords.pages}>
      <span className="small">{range}</span>
      <IconButton icon="chevron" label={listWords.previous} isDisabled={page <= 1} onClick={() => onPage(page - 1)} />
      <IconButton
        icon="chevron"
        label={listWords.next}
        isDisabled={page >= pageCount}
        onClick={() => onPage(page + 1)}
      />
    </nav>
  );
}
