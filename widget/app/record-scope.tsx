import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { Context } from '#shared/embed-messages.ts';
import { createFormat } from '#widget/lib/format.ts';
import { FrameContext } from '#widget/session/frame.ts';
import type { Host } from '#widget/session/host/host.ts';
import { createSession } from '#widget/session/session.ts';
import { openedKey } from '#widget/session/use-opened.ts';
import { RecordScreen } from './record-screen.tsx';

type Props = { host: Host; context: Context; workspace: string };

/** One record with its session and its query cache. Leaving the record closes both, and late answers are dropped. */
export function RecordScope({ host, context, workspace }: Props) {
  const [{ client, session }] = useState(() => buildScope(host, context, workspace));
  const [announced, setAnnounced] = useState('');
  const format = useMemo(() => createFormat(context.locale, () => new Date()), [context.locale]);
  useEffect(() => () => session.close(), [session]);
  return (
    <QueryClientProvider client={client}>
      <FrameContext value={{ host, context, session, format, announce: setAnnounced }}>
        <main>
          <RecordScreen />
        </main>
        <p className="sr" role="status" aria-live="polite">
          {announced}
        </p>
      </FrameContext>
    </QueryClientProvider>
  );
}

function buildScope(host: Host, { recordType, recordId }: Context, workspace: string) {
  // No automatic retries, because the server says when a retry makes sense. `always`: ask even if the browser
  // believes it is offline.
  const rules = { retry: false, networkMode: 'always' } as const;
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        ...rules,
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: rules,
    },
  });
  const session = createSession({
    workspace,
    fetch: (url, init) => fetch(url, init),
    getToken: () => host.getToken(recordType, recordId),
    onOpened: (opened) => client.setQueryData(openedKey, opened),
  });
  return { client, session };
}
