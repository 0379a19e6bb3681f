import type { LedgersideRecord } from '#widget/embed/types/embed.d.ts';

/** What each framework's page gets in its address. */
export type Embedding = {
  server: string;
  workspace: string;
  fetchToken(record: LedgersideRecord): Promise<string>;
  /** The loader may arrive after the page is rendered. */
  isLoaderLate: boolean;
  onReady(): void;
};

export function readEmbedding(): Embedding {
  const search = new URLSearchParams(location.search);
  const of = (name: string) => search.get(name) ?? '';
  return {
    server: of('server'),
    workspace: of('workspace'),
    isLoaderLate: of('how') === 'late',
    fetchToken: async ({ recordType, recordId }) => {
      document.documentElement.dataset.asked = `${document.documentElement.dataset.asked ?? ''} ${recordType}/${recordId}`;
      return (await fetch(`/token?${new URLSearchParams({ recordType, recordId })}`)).text();
    },
    onReady: () => {
      document.documentElement.dataset.ready = 'yes';
    },
  };
}
