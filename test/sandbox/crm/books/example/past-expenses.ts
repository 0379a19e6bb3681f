import type { Values } from '../row.ts';

/** The expense of one day of the story: what a year of small purchases looks like, the same on every run. */
type Plan = { category: string; description: string; supplier: string; from: number; to: number; tax?: string };

const plans: readonly Plan[] = [
  { category: 'Fuel', description: 'Fuel', supplier: 'Southern Fuel', from: 4_200, to: 13_900 },
  { category: 'Parking', description: 'Parking', supplier: 'Parkwell', from: 600, to: 4_800 },
  { category: 'Meals', description: 'Lunch with a customer', supplier: 'Gumnut Catering', from: 2_400, to: 18_500 },
  { category: 'Travel', description: 'Train and taxi', supplier: 'Tidewater Travel', from: 1_800, to: 64_000 },
  {
    category: 'Office supplies',
    description: 'Office supplies',
    supplier: 'Bluebird Stationery',
    from: 900,
    to: 22_000,
  },
  { category: 'Software', description: 'Software, month', supplier: 'Cloudberry Software', from: 1_500, to: 9_900 },
  { category: 'Freight', description: 'Parcels', supplier: 'Kookaburra Couriers', from: 1_100, to: 31_000 },
  { category: 'Telephone', description: 'Mobile phones', supplier: 'Ridge Telecom', from: 3_900, to: 12_000 },
  { category: 'Repairs', description: 'Repair of a lamp', supplier: 'Lantern Repairs', from: 5_000, to: 48_000 },
];
const gifts: Plan = {
  ...{ category: 'Client gifts', description: 'Gift for a customer', supplier: 'Regal Hampers' },
  ...{ from: 3_500, to: 15_000 },
};

const fineCount = 312;
const giftCount = 12;
/** Names that are nearly those of contacts in the demo company of the sandbox Xero, so that Xero's own are offered. */
const nearNames = ['Harbour Lights', 'Nordlys Trading', 'Harbour-Lights Pty. Ltd.'];
const questionCount = 9;

/** A generator that gives the same numbers on every run (mulberry32). */
function buildRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const firstDay = Date.parse('2025-12-01T00:00Z');
const days = 360;
const dayMs = 86_400_000;

function toDay(index: number, count: number): string {
  return new Date(firstDay + Math.floor((index * days) / count) * dayMs).toISOString().slice(0, 10);
}

function toMoney(cents: number): string {
  return (cents / 100).toFixed(2);
}

/**
 * The past year: 312 expenses that can become bills, twelve of them of the category "Client gifts"; 9 whose supplier
 * has nearly the name of a contact in Xero; 4 that cannot be sent, each for another reason.
 */
export function listPastExpenses(): Values[] {
  const random = buildRandom(2026);
  const plain = Array.from({ length: fineCount }, (_, index) => {
    // Every twenty-sixth is a gift: 12 of 312.
    const isGift = index % (fineCount / giftCount) === 0;
    const plan = isGift ? gifts : (plans[Math.floor(random() * plans.length)] ?? gifts);
    return toExpense(plan, { day: toDay(index, fineCount), share: random(), number: index + 1 });
  });
  const asked = Array.from(
    { length: questionCount },
    (_, index): Values => ({
      ...toExpense(plans[index % plans.length] ?? gifts, {
        day: toDay(index, questionCount),
        share: random(),
        number: 400 + index,
      }),
      supplier: nearNames[index % nearNames.length] ?? '',
    }),
  );
  return [...plain, ...asked, ...listImpossible()].sort((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
}

function toExpense(plan: Plan, { day, share, number }: { day: string; share: number; number: number }): Values {
  return {
    date: day,
    description: plan.description,
    category: plan.category,
    supplier: plan.supplier,
    amount: toMoney(Math.round(plan.from + share * (plan.to - plan.from))),
    currency: 'AUD',
    tax: 'GST',
    reference: `R-${String(number).padStart(4, '0')}`,
  };
}

function listImpossible(): Values[] {
  const plan = plans[0] ?? gifts;
  const one = (day: string, number: number, change: Values): Values => ({
    ...toExpense(plan, { day, share: 0.5, number }),
    ...change,
  });
  return [
    one('2026-02-11', 501, {
      description: 'Hotel in Leeds',
      category: 'Travel',
      currency: 'GBP',
      supplier: 'Fell Inn',
    }),
    one('2026-04-20', 502, { description: 'Sample, free of charge', amount: '0.00' }),
    one('2026-06-03', 503, { description: 'Fuel card refund', amount: '-35.00' }),
    one('2026-09-15', 504, { description: 'Imported without a category', category: '' }),
  ];
}
