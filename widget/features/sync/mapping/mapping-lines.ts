import type { Mapping, MappingChange } from '#shared/contract/sync/mapping.ts';
import type { Option } from '#widget/ui/fields/option-list.tsx';
import { rateWords } from '#widget/ui/rate-words.ts';
import { mappingWords } from '../words.ts';
import { type Choosing, type Draft, findValue } from './mapping-draft.ts';

/** One word of the CRM, and what stands for it in Xero. */
export type Line = {
  mapping: 'categories' | 'paymentMethods' | 'taxRates';
  key: string;
  /** How many records it holds. */
  waiting: number;
  slots: Slot[];
};

/** A choice of the line. A tax rate has one for purchases and one for sales. */
export type Slot = {
  name: string;
  /** Null where the line has one choice alone. */
  label: string | null;
  value: string | null;
  proposed: string | null;
  toChange(value: string | null): MappingChange;
};

export function listLines({ categories, paymentMethods, taxRates }: Mapping): Line[] {
  return [
    ...categories.map(({ key, waiting, accountCode, proposed }): Line => {
      const toChange = (value: string | null) => ({ categories: [{ key, accountCode: value }] });
      return { mapping: 'categories', key, waiting, slots: [toSlot('accountCode', accountCode, proposed, toChange)] };
    }),
    ...paymentMethods.map(({ key, waiting, accountId, proposed }): Line => {
      const toChange = (value: string | null) => ({ paymentMethods: [{ key, accountId: value }] });
      return { mapping: 'paymentMethods', key, waiting, slots: [toSlot('accountId', accountId, proposed, toChange)] };
    }),
    ...taxRates.map(({ key, waiting, taxType, salesTaxType, proposed, proposedSales }): Line => {
      const purchases = toSlot('taxType', taxType, proposed, (value) => ({ taxRates: [{ key, taxType: value }] }));
      const sales = toSlot('salesTaxType', salesTaxType, proposedSales, (value) => ({
        taxRates: [{ key, salesTaxType: value }],
      }));
      const slots = [
        { ...purchases, label: mappingWords.purchases },
        { ...sales, label: mappingWords.sales },
      ];
      return { mapping: 'taxRates', key, waiting, slots };
    }),
  ];
}

function toSlot(name: string, value: string | null, proposed: string | null, toChange: Slot['toChange']): Slot {
  return { name, label: null, value, proposed, toChange };
}

/** Those that hold records come first, then those without a choice. Otherwise the order stays. */
export function sortLines(lines: readonly Line[]): Line[] {
  return lines.toSorted((a, b) => b.waiting - a.waiting || Number(isMissing(b)) - Number(isMissing(a)));
}

/** Nothing stands for it yet. A tax rate may be used for one side alone. */
export function isMissing({ slots }: Line): boolean {
  return slots.every(({ value }) => value === null);
}

/** The place of a choice among those that are not saved yet. */
export function placeOf({ mapping, key }: Pick<Line, 'mapping' | 'key'>, { name }: Pick<Slot, 'name'>): string {
  return `${mapping}/${key}/${name}`;
}

/** The lines with the choices that are not saved yet. */
export function withDraft(lines: readonly Line[], draft: Draft): Line[] {
  return lines.map((line) => ({
    ...line,
    slots: line.slots.map((slot) => ({ ...slot, value: findValue(draft, placeOf(line, slot), slot.value) })),
  }));
}

/** Every suggestion for a choice that is not made yet. */
export function listProposals(lines: readonly Line[]): Choosing[] {
  return lines.flatMap((line) =>
    line.slots.flatMap((slot) =>
      slot.value === null && slot.proposed !== null
        ? [{ place: placeOf(line, slot), saved: null, value: slot.proposed, change: slot.toChange(slot.proposed) }]
        : [],
    ),
  );
}

export function listOptions(choices: Mapping['choices'], mapping: Line['mapping']): Option[] {
  switch (mapping) {
    case 'categories':
      return choices.accounts.map(({ code, name, isSales }) => ({
        value: code,
        label: `${code} ${name}`,
        hint: isSales ? mappingWords.sales : mappingWords.purchases,
      }));
    case 'paymentMethods':
      return choices.paymentAccounts.map(({ id, code, name, currency, bankAccountNumber }) => ({
        value: id,
        label: [code, name].filter(Boolean).join(' '),
        hint: [currency, bankAccountNumber].filter(Boolean).join(' '),
      }));
    case 'taxRates':
      return choices.taxRates.map(({ taxType, name, rate }) => ({
        value: taxType,
        label: name,
        hint: rateWords(rate),
      }));
  }
}
