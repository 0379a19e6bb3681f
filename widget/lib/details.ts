import { createContext, useContext } from 'react';
import type { DocumentRef } from '#shared/document-kinds.ts';

/** Opens View Details, or one document of it, in place of the figures that ask for it. */
export type OpenDetails = (place?: DocumentRef) => void;

/** A context, since the button stands under the figures, whichever feature shows them. */
export const DetailsContext = createContext<OpenDetails | null>(null);

export function useOpenDetails(): OpenDetails {
  const open = useContext(DetailsContext);
  if (!open) throw new Error('useOpenDetails is for components inside DetailsContext');
  return open;
}
