import { msDate } from '../../dates.ts';
import { notFound, validationException } from '../../errors.ts';
import {
  accountProblems,
  isAccountUsed,
  type SentAccount,
  saveAccount,
  sentAccountSchema,
} from '../../records/account-book.ts';
import type { Account } from '../../records/organisation.ts';
import { withoutPaging, withoutSummary } from '../call-options.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { zeroId } from '../writes/refused-document.ts';
import { invalidJson, toErrors, withoutNulls, writeElements } from '../writes/write-elements.ts';

const scopes = ['accounting.settings'];

export const accountRoutes: ApiRoute[] = [
  { method: 'GET', path: '/Accounts', scopes, run: (call) => listAccounts(call) },
  { method: 'GET', path: '/Accounts/:id', scopes, run: (call) => answerOne(call, requireAccount(call)) },
  { method: 'PUT', path: '/Accounts', scopes, run: (call) => writeAccount(call, undefined) },
  { method: 'POST', path: '/Accounts/:id', scopes, run: (call) => writeAccount(call, requireAccount(call)) },
  { method: 'DELETE', path: '/Accounts/:id', scopes, takes: 'anything', run: (call) => deleteAccount(call) },
];

const listing: Listing<Account> = {
  id: ({ Code }) => Code,
  updatedAt: (account) => account.updatedAt,
  table: {
    $type: 'Account',
    AccountID: { type: 'Guid', get: (account) => account.AccountID },
    Code: { type: 'String', get: (account) => account.Code },
    Name: { type: 'String', get: (account) => account.Name },
    Type: { type: 'String', get: (account) => account.Type },
    Class: { type: 'String', get: (account) => account.Class },
    Status: { type: 'String', get: (account) => account.Status },
    TaxType: { type: 'String', get: (account) => account.TaxType },
    EnablePaymentsToAccount: { type: 'Boolean', get: (account) => account.EnablePaymentsToAccount },
    UpdatedDateUTC: { type: 'DateTime', get: (account) => account.updatedAt },
  },
};

function listAccounts(call: ApiCall): ApiAnswer {
  const page = listRows(withoutPaging(call), [...call.books.accounts], listing);
  return answerPage(call, 'Accounts', page, accountToWire);
}

function requireAccount({ books, params }: ApiCall): Account {
  const found = books.accounts.find(({ AccountID }) => AccountID === params.id?.toLowerCase());
  if (!found) throw notFound();
  return found;
}

function answerOne(call: ApiCall, account: Account): ApiAnswer {
  return answerElements(call, 'Accounts', [accountToWire(account)]);
}

/** One account in a call: PUT creates it, POST to its id changes it. */
function writeAccount(call: ApiCall, known: Account | undefined): ApiAnswer {
  return writeElements<SentAccount>(withoutSummary(call), {
    plural: 'Accounts',
    read: (element) => {
      const parsed = sentAccountSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: accountProblems(call.books, sent, known), contact: [], lines: [] }),
    toRefused: (sent) => ({ ...sent, AccountID: known?.AccountID ?? zeroId }),
    save: (sent) => accountToWire(saveAccount(call.books, sent, known, call.sandbox.clock.now())),
  });
}

/** System accounts and accounts that are in use stay. */
function deleteAccount(call: ApiCall): ApiAnswer {
  const account = requireAccount(call);
  const { AccountID, Code, SystemAccount } = account;
  const problems = [
    ...(SystemAccount ? ['A system account cannot be deleted.'] : []),
    ...(isAccountUsed(call.books, account) ? ['An account that is used cannot be deleted. Archive it instead.'] : []),
  ];
  if (problems.length > 0) throw validationException([{ AccountID, Code, ValidationErrors: toErrors(problems) }]);
  call.books.accounts.splice(call.books.accounts.indexOf(account), 1);
  return answerElements(call, 'Accounts', [{ ...accountToWire(account), Status: 'DELETED' }]);
}

function accountToWire({ updatedAt, ...account }: Account) {
  return {
    ...account,
    ...(account.Type === 'BANK' ? { BankAccountType: 'BANK' } : {}),
    ShowInExpenseClaims: false,
    HasAttachments: false,
    AddToWatchlist: false,
    UpdatedDateUTC: msDate(updatedAt),
  };
}
