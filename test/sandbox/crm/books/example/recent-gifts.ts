import type { Values } from '../row.ts';

const customers = [
  ...['Harbour Lights', 'Blue Gum Dental', 'Marram Coffee Roasters', 'Saltbush Studio', 'Wattle & Fern'],
  ...['Quokka Couriers', 'Banksia Legal', 'Tern Island Tours', 'Jacaranda Homes', 'Lighthouse Books', 'Mallee Farms'],
];

/** The day of the first of them. The past year ends before it. */
export const firstRecentDay = '2026-11-25';

/** Eleven hampers for the end of the year. Nobody has said yet which account such gifts belong to. */
export function listRecentGifts(): Values[] {
  return customers.map((customer, index) => ({
    ...{ date: index < 6 ? firstRecentDay : '2026-11-26', description: `Hamper for ${customer}` },
    ...{ category: 'Client gifts', supplier: 'Regal Hampers', amount: `${85 + index * 5}.00` },
    ...{ currency: 'AUD', tax: 'GST', reference: `G-${String(index + 1).padStart(4, '0')}` },
  }));
}
