import { syncPath } from '../claims.ts';
import type { User } from '../example/crm-data.ts';
import type { Page, Visit } from './page.ts';
import { link } from './parts.ts';
import { type Child, h, type Tree } from './tree.ts';

const fuel = { description: 'Fuel', category: 'Fuel', supplier: 'Southern Fuel', amount: '86.40' };
const gift = { description: 'Gift basket', category: 'Client gifts', supplier: 'Regal Hampers', amount: '120.00' };

/** What there is to try in this CRM, step by step. */
export function startPage({ user, users }: Visit): Page {
  const admin = users.find((one) => one.admin) ?? user;
  return {
    title: 'Start here',
    section: 'start',
    content: h(
      'article',
      { class: 'setup start' },
      h('h1', {}, 'Start here'),
      h(
        'p',
        { class: 'lead' },
        'Fieldnote is a small CRM. Ledgerside puts its expenses, invoices and customers into Xero, and shows what Xero ',
        'knows beside each of them. Follow the steps, each takes a minute.',
      ),
      h('ol', { class: 'steps' }, steps(user, admin)),
      h(
        'p',
        { class: 'lead' },
        'Nothing is connected yet? Then ',
        link('/setup/apps/xero', 'connect Xero'),
        ' first, turn on sync under ',
        link(syncPath, 'Xero sync'),
        ', and connect once more: sync asks Xero for more than the figures do.',
      ),
    ),
  };
}

function steps(user: User, admin: User): Tree[] {
  return [
    step(
      'Book an expense',
      'Save this receipt for fuel. Within a minute its row says "Bill · in Xero", with the id that the bill has there.',
      link(`/expenses/new?${new URLSearchParams(fuel)}`, 'Book AUD 86.40 for fuel'),
    ),
    step(
      'Book one that Xero cannot take yet',
      'Nobody has said which account client gifts belong to. The row says so, and eleven others wait for the same.',
      link(`/expenses/new?${new URLSearchParams(gift)}`, 'Book a gift basket'),
    ),
    step(
      'Choose the account once',
      `${admin.name} does the finances. Under Mapping, choose an account for "Client gifts" and save. All twelve go.`,
      adminLink(user, admin),
    ),
    step(
      'Send a whole year',
      'Expenses of the past year were left out. Choose all with the box at the top and press "Try it first": 312 would ' +
        'become bills, 9 ask a question and 4 cannot go, each with the reason. Then send them.',
      link('/expenses', 'Open the expenses'),
    ),
    step(
      'See what happened',
      'Each record has a card with its state, its history and a link into Xero. Runs, questions and problems of all ' +
        'records are under Xero sync.',
      link('/expenses/exp-326', 'Open a hamper'),
    ),
    step(
      'See what a customer owes',
      'Nora Lindqvist has two possible matches in Xero. Link the first one: her invoices and what is overdue appear.',
      link('/contacts/1001', 'Open Nora Lindqvist'),
    ),
  ];
}

function step(title: string, text: string, action: Child): Tree {
  return h('li', { class: 'card step' }, h('h2', {}, title), h('p', {}, text), h('p', {}, action));
}

/** The screen is for admins. Somebody else changes over by the same press. */
function adminLink(user: User, admin: User): Tree {
  if (user.admin) return link(syncPath, 'Open Xero sync');
  return h(
    'form',
    { method: 'post', action: '/session' },
    h('input', { type: 'hidden', name: 'returnTo', value: syncPath }),
    h(
      'button',
      { class: 'link-button', name: 'userId', value: admin.id },
      `Sign in as ${admin.name} and open Xero sync`,
    ),
  );
}
