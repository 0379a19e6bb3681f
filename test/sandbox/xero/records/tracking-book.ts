import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Books, TrackingCategory, TrackingOption } from './organisation.ts';
import type { Line } from './types.ts';
import { tooLong } from './writing/document-problems.ts';

const status = z.enum(['ACTIVE', 'ARCHIVED']).optional();

export const sentOptionSchema = z.object({ Name: z.string().optional(), Status: status });

export const sentCategorySchema = z.object({
  Name: z.string().optional(),
  Status: status,
  Options: z.array(sentOptionSchema).optional(),
});

export type SentOption = z.infer<typeof sentOptionSchema>;
export type SentCategory = z.infer<typeof sentCategorySchema>;

/** Xero's documentation of TrackingCategories: at most two active ones, and four with the archived ones. */
const maxActive = 2;
const maxCategories = 4;
const maxOptions = 100;

/** Why Xero would refuse this category. `known` is the category to update. */
export function categoryProblems(
  { trackingCategories: all }: Books,
  sent: SentCategory,
  known: TrackingCategory | undefined,
): string[] {
  const others = all.filter((category) => category !== known);
  const willBeActive = (sent.Status ?? known?.Status ?? 'ACTIVE') === 'ACTIVE';
  const active = others.filter(({ Status }) => Status === 'ACTIVE').length;
  return [
    ...nameProblems(others, sent, known),
    ...(willBeActive && active >= maxActive ? [`There can be at most ${maxActive} active tracking categories`] : []),
    ...(others.length >= maxCategories ? [`There can be at most ${maxCategories} tracking categories`] : []),
  ];
}

/** Why Xero would refuse this option. `known` is the option to update. */
export function optionProblems(
  { Options }: TrackingCategory,
  sent: SentOption,
  known: TrackingOption | undefined,
): string[] {
  const others = Options.filter((option) => option !== known);
  return [
    ...nameProblems(others, sent, known),
    ...(others.length >= maxOptions ? [`A tracking category can have at most ${maxOptions} options`] : []),
  ];
}

function nameProblems(others: { Name: string }[], { Name }: SentOption, known: { Name: string } | undefined): string[] {
  if (Name === undefined && known) return [];
  if (!Name?.trim()) return ['The Name must be specified'];
  const isTaken = others.some((one) => one.Name.toLowerCase() === Name.trim().toLowerCase());
  return [...tooLong({ Name: [Name, 100] }), ...(isTaken ? [`The Name ${Name} is already in use`] : [])];
}

/** Saves a valid category, with the options of a new one. */
export function saveCategory(books: Books, sent: SentCategory, known: TrackingCategory | undefined): TrackingCategory {
  const category = known ?? newCategory(sent);
  if (sent.Name) category.Name = sent.Name.trim();
  if (sent.Status) category.Status = sent.Status;
  if (!known) books.trackingCategories.push(category);
  renameInLines(books, category);
  return category;
}

function newCategory({ Name = '', Options = [] }: SentCategory): TrackingCategory {
  const options = Options.map((option) => newOption(option));
  return { TrackingCategoryID: randomUUID(), Name, Status: 'ACTIVE', Options: options };
}

function newOption({ Name = '', Status = 'ACTIVE' }: SentOption): TrackingOption {
  return { TrackingOptionID: randomUUID(), Name: Name.trim(), Status };
}

/** Saves a valid option. */
export function saveOption(
  books: Books,
  category: TrackingCategory,
  sent: SentOption,
  known: TrackingOption | undefined,
): TrackingOption {
  const option = known ?? newOption(sent);
  if (sent.Name) option.Name = sent.Name.trim();
  if (sent.Status) option.Status = sent.Status;
  if (!known) category.Options.push(option);
  renameInLines(books, category);
  return option;
}

/** Documents hold tracking by id, so they show its present names. */
function renameInLines(books: Books, category: TrackingCategory): void {
  for (const tracking of linesOf(books).flatMap(({ Tracking }) => Tracking)) {
    if (tracking.TrackingCategoryID !== category.TrackingCategoryID) continue;
    tracking.Name = category.Name;
    const option = category.Options.find(({ TrackingOptionID }) => TrackingOptionID === tracking.TrackingOptionID);
    if (option) tracking.Option = option.Name;
  }
}

/** Whether a line names the category, or the option. Only what is unused can be deleted. */
export function isTrackingUsed(books: Books, id: string): boolean {
  return linesOf(books).some(({ Tracking }) =>
    Tracking.some((one) => one.TrackingCategoryID === id || one.TrackingOptionID === id),
  );
}

function linesOf(books: Books): Line[] {
  const documents = [books.invoices, books.quotes, books.credits, books.purchaseOrders].flatMap((kind) => [
    ...kind.values(),
  ]);
  return documents.flatMap(({ LineItems }) => LineItems);
}
