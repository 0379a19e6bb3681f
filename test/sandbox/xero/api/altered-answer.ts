import { z } from 'zod';
import type { ApiAnswer } from './route.ts';

const anything = z.unknown().optional();
const countsSchema = z.object({ page: anything, pageSize: anything, pageCount: anything, itemCount: anything });

/** What is other than asked, or other than documented, in the answer to a question. */
export const alterationSchema = z.object({
  /** Every page is this one. */
  page: z.number().optional(),
  /** As long as the service's own, whatever was asked for. */
  pageSize: z.number().optional(),
  /** Members that say something else; null: the object is missing. */
  pagination: countsSchema.nullable().optional(),
  /** Elements of the list that hold something else. */
  rows: z
    .array(
      z.object({
        /** Which: those whose members are these. All where it is absent. */
        match: z.record(z.string(), z.unknown()).optional(),
        /** Members in the place of theirs. */
        set: z.record(z.string(), z.unknown()).optional(),
        unset: z.array(z.string()).optional(),
        /** In the place of the whole element. */
        put: anything,
      }),
    )
    .optional(),
});
export type Alteration = z.input<typeof alterationSchema>;

export const alterQuery = (query: Record<string, string>, { page, pageSize }: Alteration): Record<string, string> => ({
  ...query,
  ...(page !== undefined && { page: String(page) }),
  ...(pageSize !== undefined && { pagesize: String(pageSize) }),
});

const bodySchema = z.record(z.string(), z.unknown());

/** Members of the envelope stay; of its one list each element is looked at. */
export const alterAnswer = (answer: ApiAnswer, { pagination, rows = [] }: Alteration): ApiAnswer => {
  const parsed = bodySchema.safeParse(answer.body);
  if (!parsed.success) return answer;
  const body = Object.fromEntries(
    Object.entries(parsed.data).flatMap(([name, value]): [string, unknown][] => {
      if (name === 'pagination') return toPagination(value, pagination);
      return [[name, Array.isArray(value) ? value.map((element: unknown) => alterRow(element, rows)) : value]];
    }),
  );
  return { ...answer, body };
};

const toPagination = (value: unknown, change: Alteration['pagination']): [string, unknown][] => {
  if (change === null) return [];
  return [['pagination', { ...bodySchema.parse(value), ...change }]];
};

const alterRow = (element: unknown, changes: NonNullable<Alteration['rows']>): unknown => {
  const row = bodySchema.safeParse(element);
  if (!row.success) return element;
  const change = changes.find(({ match = {} }) => Object.entries(match).every(([name, one]) => row.data[name] === one));
  if (!change) return element;
  if (change.put !== undefined) return change.put;
  const { set = {}, unset = [] } = change;
  return Object.fromEntries(Object.entries({ ...row.data, ...set }).filter(([name]) => !unset.includes(name)));
};
