/** The CRM's data. Amounts are decimal strings, days are `YYYY-MM-DD`, and moments are local time without a zone. */
export type CrmData = {
  users: readonly User[];
  contacts: readonly Contact[];
  companies: readonly Company[];
  deals: readonly Deal[];
  activities: readonly Activity[];
};

export type User = { id: string; name: string; email: string; admin: boolean; role: string };

export type Address = {
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postalCode: string;
  country: string;
};

export type Contact = {
  id: string;
  salutation?: string;
  firstName: string;
  lastName: string;
  title?: string;
  email?: string;
  phone?: string;
  companyId?: string;
  /** By default, the company's. */
  address?: Address;
  ownerId: string;
  /** Users, besides the admins, who may see this person; by default everybody. */
  visibleTo?: readonly string[];
  stage: string;
  source: string;
};

export type Company = {
  id: string;
  name: string;
  email?: string;
  phone: string;
  domain: string;
  industry: string;
  staff: string;
  address: Address;
  ownerId: string;
};

/** `itemCode` is the product's code in the company's accounts. */
export type DealLine = { description: string; quantity: `${number}`; unitAmount: `${number}`; itemCode?: string };

export const dealStages = ['Qualified', 'Proposal', 'Negotiation', 'Won'] as const;
export type DealStage = (typeof dealStages)[number];

/** `value` excludes tax and equals the sum of the lines. */
export type Deal = {
  id: string;
  name: string;
  value: `${number}`;
  currency: string;
  stage: DealStage;
  closeDate: string;
  companyId?: string;
  primaryContactId: string;
  participantIds: readonly string[];
  lines: readonly DealLine[];
  ownerId: string;
};

export type ActivityKind = 'email' | 'call' | 'meeting' | 'note' | 'task';

/** `about` names records by id. A company's page also shows activities about its people and deals. */
export type Activity = {
  kind: ActivityKind;
  at: string;
  by: string;
  title: string;
  text: string;
  about: readonly string[];
};
