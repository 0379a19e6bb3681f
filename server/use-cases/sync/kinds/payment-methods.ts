import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { noteKept } from '../words/notes.ts';
import { checkPage, findTooLong, isFilled, missingAt, toMissing } from './check-fields.ts';
import { checkCurrency } from './documents/build-document.ts';
import type { Built, KindFacts, SyncKind } from './kind.ts';
import { noteRename } from './tracking.ts';

type Method = RecordData<'payment-methods'>;

/** A bank account, or an account that takes payments. Only new ones are sent. */
export const paymentMethods: SyncKind<'payment-methods'> = {
  ...{ kind: 'payment-methods', resource: 'account', rank: 2, isListed: true, isAlone: true },
  listNeeds: () => [],
  toXero,
  search: [{ by: 'name', toValue: ({ name }) => name || undefined }],
  onFound: 'adopt',
  fields: { Name: 'name', Code: 'code', BankAccountNumber: 'bankAccountNumber', CurrencyCode: 'currency' },
  toRemoval: () => ({ how: 'keep', note: noteKept('accounts') }),
};

const required = ['name'] as const;

function toXero(data: Method, facts: KindFacts): Built {
  if (!isFilled(data, required)) return toMissing(data, required);
  const { name, code } = data;
  const problem = findTooLong(['name', name, 150], ['code', code, 10]) ?? checkPage(data.url, facts);
  if (problem) return { problem };
  if (facts.twin) return { same: true, notes: noteRename(name, facts.twin) };
  return data.bankAccountNumber ? toBank(data, facts) : toOther(data);
}

function toBank({ name, code, bankAccountNumber, sortCode, currency }: Method, facts: KindFacts): Built {
  const problem = checkCurrency(currency, facts);
  if (problem) return { problem };
  const free = code || findFreeCode(facts);
  if (free === undefined) return { problem: missingAt('code') };
  const element = {
    Name: name,
    Code: free,
    Type: 'BANK',
    BankAccountNumber: [sortCode, bankAccountNumber].filter(Boolean).join('-'),
    CurrencyCode: currency,
  };
  return { element };
}

/** Xero's own bank accounts have 090, 091 and so on. */
function findFreeCode({ lists }: KindFacts): string | undefined {
  const taken = new Set(lists.accounts.map(({ code }) => code));
  return Array.from({ length: 10 }, (_, digit) => `09${digit}`).find((code) => !taken.has(code));
}

/** Such as a card reader's account: a current asset. */
function toOther({ name, code }: Method): Built {
  if (!code) return { problem: missingAt('code') };
  return { element: { Name: name, Code: code, Type: 'CURRENT', EnablePaymentsToAccount: true } };
}
