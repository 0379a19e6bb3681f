import type { Right } from '#shared/contract/record.ts';

export const rights: readonly Right[] = ['view', 'viewBills', 'link', 'quotes', 'invoices', 'bills'];

export const presets = {
  viewer: ['view'],
  sales: ['view', 'link', 'quotes', 'invoices'],
  full: rights,
} as const satisfies Record<string, readonly Right[]>;

export type Preset = keyof typeof presets | 'custom';
export const presetNames = ['viewer', 'sales', 'full'] as const;

/** The preset with exactly these rights, or else `custom`. */
export function presetOf(held: readonly Right[]): Preset {
  return presetNames.find((name) => isSame(presets[name], held)) ?? 'custom';
}

function isSame(some: readonly Right[], others: readonly Right[]): boolean {
  return some.length === others.length && some.every((right) => others.includes(right));
}
