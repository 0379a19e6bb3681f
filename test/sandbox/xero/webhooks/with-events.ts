import type { Organisation } from '../records/organisation.ts';
import type { Sandbox } from '../state.ts';
import { listEvents, printBooks } from './events.ts';

/** Changes an organisation's books and tells the app what changed, if it is connected and subscribed. */
export function withEvents<Answer>({ state, clock }: Sandbox, organisation: Organisation, act: () => Answer): Answer {
  const { webhooks, identity } = state;
  const { tenantId } = organisation;
  const isConnected = identity.connections.some((one) => one.tenantId === tenantId);
  if (!isConnected || !webhooks.isListening()) return act();
  const before = printBooks(organisation.books());
  try {
    return act();
  } finally {
    webhooks.tell(listEvents(tenantId, before, printBooks(organisation.books()), clock.now()));
  }
}
