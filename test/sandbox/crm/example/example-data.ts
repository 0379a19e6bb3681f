import { companies } from './companies.ts';
import type { CrmData } from './crm-data.ts';
import { deals } from './deals.ts';
import { furtherActivities } from './further-activities.ts';
import { furtherContacts } from './further-contacts.ts';
import { storyActivities } from './story-activities.ts';
import { storyContacts } from './story-contacts.ts';
import { users } from './users.ts';

export const exampleData: CrmData = {
  users,
  contacts: [...storyContacts, ...furtherContacts],
  companies,
  deals,
  activities: [...storyActivities, ...furtherActivities],
};
