import { useQueryClient } from '@tanstack/react-query';

/** Loads everything that the screen shows again, after something was changed. */
export function useReload(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: ['sync'] });
}
