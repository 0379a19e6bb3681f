/** What the CRM holds. Amounts are decimal strings, days `YYYY-MM-DD`, moments local wall time without a zone. */
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
  /** Absent: the company's. */
  address?: Address;
  ownerId: string;
  /** Users who know of this person beside the admins; everybody when absent. */
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

/** `itemCode` is the product's code in the firm's accounts. */
export type DealLine = { description: string; quantity: `${number}`; unitAmount: `${number}`; itemCode?: string };

export const dealStages = ['Qualified', 'Proposal', 'Negotiation', 'Won'] as const;
export type DealStage = (typeof dealStages)[number];

/** `value` is net of tax and equals the sum of the lines. */
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

/** `about` names records by id; a company's page also shows what is about its people and deals. */
export type Activity = {
  kind: ActivityKind;
  at: string;
  by: string;
  title: string;
  text: string;
  about: readonly string[];
};
