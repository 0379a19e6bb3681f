import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Right } from '#shared/contract/record.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import { toFailure } from './failures/failure.ts';
import { useFrame } from './frame.ts';
import { viewKey } from './use-view.ts';

export const openedKey = ['opened'];

/** The opened session of this record. It is opened at once, and again by `reopen`. */
export function useOpened() {
  const { session } = useFrame();
  const client = useQueryClient();
  const query = useQuery({ queryKey: openedKey, queryFn: () => session.open() });
  const reopen = async () => {
    const { data } = await query.refetch();
    if (data?.view) client.setQueryData(viewKey, data.view);
  };
  return { opened: query.data, failure: query.error && toFailure(query.error), isOpening: query.isFetching, reopen };
}

export function can({ user, permissions }: Opened, right: Right): boolean {
  return user.admin || permissions.includes(right);
}
