import type { Deps } from '#server/deps.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { getView } from '#server/use-cases/view/get-view.ts';
import type { View } from '#shared/contract/view.ts';

/** After a change of the record: the view as it is now. */
export async function viewAfter(deps: Deps, person: Person, change: Promise<void>): Promise<{ view: View }> {
  await change;
  return { view: await getView(deps, person, { isFresh: false }) };
}
