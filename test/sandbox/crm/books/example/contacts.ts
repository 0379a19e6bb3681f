import type { Values } from '../row.ts';
import type { Example } from './fill.ts';

const customers: readonly Values[] = [
  { name: 'Harbour Lights', email: 'accounts@harbourlights.example', phone: '+61 2 5550 1401', companyId: '501' },
  { name: 'Blue Gum Dental', email: 'reception@bluegumdental.example', phone: '+61 3 5550 1403', companyId: '503' },
  { name: 'Marram Coffee Roasters', email: 'accounts@marramcoffee.example', companyId: '509' },
  { name: 'Saltbush Studio', email: 'studio@saltbush.example', companyId: '511' },
];

const suppliers: readonly Values[] = [
  { name: 'Southern Fuel', email: 'cards@southernfuel.example', city: 'Geelong', region: 'VIC', country: 'Australia' },
  { name: 'Kookaburra Couriers', email: 'billing@kookaburracouriers.example', phone: '02 5550 8000' },
  { name: 'Bluebird Stationery', email: 'orders@bluebird.example', city: 'Hobart', region: 'TAS' },
  { name: 'Cloudberry Software', email: 'billing@cloudberry.example' },
  { name: 'Gumnut Catering', email: 'hello@gumnut.example' },
  { name: 'Lantern Repairs', phone: '+61 3 5550 7702' },
  { name: 'Parkwell' },
  { name: 'Regal Hampers', email: 'gifts@regalhampers.example' },
  { name: 'Ridge Telecom', email: 'accounts@ridgetelecom.example' },
  { name: 'Tidewater Travel', email: 'desk@tidewater.example' },
];

const items: readonly Values[] = [
  { code: 'LAMP-S', name: 'Harbour lamp, small', salesAmount: '189.50', salesCategory: 'Sales', salesTax: 'GST' },
  { code: 'PLAN-12', name: 'Annual service plan, 12 months', salesAmount: '2500.00', salesCategory: 'Sales' },
  {
    ...{ code: 'LENS-3', name: 'Lens, third order', description: 'Ground and polished', salesAmount: '940.00' },
    ...{ salesCategory: 'Sales', salesTax: 'GST', purchaseAmount: '610.00', purchaseCategory: 'Stock' },
    ...{ purchaseTax: 'GST' },
  },
  { code: 'VISIT', name: 'Visit on site, hour', salesAmount: '145.00', salesCategory: 'Sales', salesTax: 'GST' },
];

/** Customers, suppliers and items get the ids c-1, s-1, item-1 and so on, in this order. */
export const contactsOfExample: readonly Example[] = [
  ...customers.map((values): Example => ({ kind: 'customers', entry: { values } })),
  ...suppliers.map((values): Example => ({ kind: 'suppliers', entry: { values } })),
  ...items.map((values): Example => ({ kind: 'items', entry: { values } })),
];
