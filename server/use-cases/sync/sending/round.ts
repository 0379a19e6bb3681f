import type { RecordPlace, RecordRow } from '#server/store/tables/records/record-store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import type { Workspace } from '#server/use-cases/acting/principal.ts';
import type { Follow } from '../kinds/kind.ts';
import type { RecordVersion } from '../records/decide-record.ts';
import type { Memory } from '../records/memory.ts';
import type { ContactIndex } from './look/contact-index.ts';
import type { OrganisationFacts } from './look/organisation-facts.ts';
import type { Plan } from './look/plan.ts';

/** One pass over what is due in an organisation. `isDry`: nothing is sent, and records that wait for each other count as there. */
export type Round = {
  acting: Acting<Workspace>;
  facts: OrganisationFacts;
  contacts: ContactIndex;
  isDry: boolean;
};

/** A record to look at: its row, and what the CRM said of it last. */
export type Candidate = { row: RecordRow; version: RecordVersion; memory: Memory };

/** `follows`: what is to be done once the record is in Xero. */
export type Planned = Candidate & { plan: Plan; follows: readonly Follow[] };

export function toPlace({ workspaceId, organisationId, kind, key }: RecordRow): RecordPlace {
  return { workspaceId, organisationId, kind, key };
}
