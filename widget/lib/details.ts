import { createContext, useContext } from 'react';
import type { DocumentRef } from '#shared/document-kinds.ts';

/** Opens View Details or one document in place of the figures. */
export type OpenDetails = (ref?: DocumentRef) => void;

/** A context, because several features show the button. */
export const DetailsContext = createContext<OpenDetails | null>(null);

export function useOpenDetails(): OpenDetails {
  const open = useContext(DetailsContext);
  if (!open) throw new Error('useOpenDetails is for components inside DetailsContext');
  return open;
}
