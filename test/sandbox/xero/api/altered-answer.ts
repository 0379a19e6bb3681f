import { z } from 'zod';
import type { ApiAnswer } from './route.ts';

const anything = z.unknown().optional();
const countsSchema = z.object({ page: anything, pageSize: anything, pageCount: anything, itemCount: anything });

/** How the answer to a question differs from what was asked or documented. */
export const alterationSchema = z.object({
  /** Answers every request with this page. */
  page: z.number().optional(),
  /** Uses the service's own page size, whatever was asked. */
  pageSize: z.number().optional(),
  /** Replaces members; null: the object is missing. */
  pagination: countsSchema.nullable().optional(),
  /** Changes elements of the list. */
  rows: z
    .array(
      z.object({
        /** Changes elements with these members; by default all. */
        match: z.record(z.string(), z.unknown()).optional(),
        /** Members to replace. */
        set: z.record(z.string(), z.unknown()).optional(),
        unset: z.array(z.string()).optional(),
        /** Replaces the whole element. */
        put: anything,
      }),
    )
    .optional(),
});
export type Alteration = z.input<typeof alterationSchema>;

export function alterQuery(query: Record<string, string>, { page, pageSize }: Alteration): Record<string, string> {
  return {
    ...query,
    ...(page !== undefined && { page: String(page) }),
    ...(pageSize !== undefined && { pagesize: String(pageSize) }),
  };
}

const bodySchema = z.record(z.string(), z.unknown());

/** Keeps the members of the envelope and changes each element of its one list. */
export function alterAnswer(answer: ApiAnswer, { pagination, rows = [] }: Alteration): ApiAnswer {
  const parsed = bodySchema.safeParse(answer.body);
  if (!parsed.success) return answer;
  const body = Object.fromEntries(
    Object.entries(parsed.data).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'pagination') return toPagination(value, pagination);
      return [[name, Array.isArray(value) ? value.map((element: unknown) => alterRow(element, rows)) : value]];
    }),
  );
  return { ...answer, body };
}

function toPagination(value: unknown, change: Alteration['pagination']): [string, unknown][] {
  if (change === null) return [];
  return [['pagination', { ...bodySchema.parse(value), ...change }]];
}

function alterRow(element: unknown, changes: NonNullable<Alteration['rows']>): unknown {
  const row = bodySchema.safeParse(element);
  if (!row.success) return element;
  const change = changes.find(({ match = {} }) => Object.entries(match).every(([name, one]) => row.data[name] === one));
  if (!change) return element;
  if (change.put !== undefined) return change.put;
  const { set = {}, unset = [] } = change;
  return Object.fromEntries(Object.entries({ ...row.data, ...set }).filter(([name]) => !unset.includes(name)));
}
