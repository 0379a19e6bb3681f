import type { User } from './crm-data.ts';

export const users: readonly User[] = [
  { id: 'olivia', name: 'Olivia Hart', email: 'olivia.hart@fieldnote.example', admin: true, role: 'CRM admin' },
  { id: 'ben', name: 'Ben Carter', email: 'ben.carter@fieldnote.example', admin: false, role: 'Sales' },
  { id: 'priya', name: 'Priya Nair', email: 'priya.nair@fieldnote.example', admin: false, role: 'Sales' },
  { id: 'tom', name: 'Tom Fischer', email: 'tom.fischer@fieldnote.example', admin: false, role: 'Warehouse' },
];
