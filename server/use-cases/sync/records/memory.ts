import { z } from 'zod';
import { recordSummarySchema } from '#shared/contract/sync/record.ts';

/**
 * What the engine remembers of a record in one organisation, beside what lists show. It is kept while versions change.
 */
const memorySchema = z.object({
  /** Xero's members as they were sent last. What differs from them in Xero was changed by somebody else. */
  sent: z.record(z.string(), z.unknown()).nullable().default(null),
  /** The hash of the CRM's data that was sent last. */
  sentHash: z.string().nullable().default(null),
  /** Xero's own time of change when we last wrote or read the twin. */
  updatedAt: z.string().nullable().default(null),
  /** Twins that are gone in Xero and that a person asked to make again. They are never adopted. */
  gone: z.array(z.string()).default([]),
  /**
   * A person's choice for a question. It counts for the data that it was given for, until that is in Xero. `dataHash`:
   * null in answers that were stored before it was kept.
   */
  answer: z
    .object({
      ...{ code: z.string(), choice: z.string(), about: z.string() },
      ...{ dataHash: z.string().nullable().default(null), isUsed: z.boolean().default(false) },
    })
    .nullable()
    .default(null),
  /** The contact that a person chose for a party that is only a name. */
  party: z.object({ name: z.string(), contactId: z.string() }).nullable().default(null),
  /** Who pressed Sync to Xero. That passes rules, but no check. */
  asked: z.object({ id: z.string(), name: z.string() }).nullable().default(null),
  /** Who undid the run that made it. It is then left out. */
  undoneBy: z.object({ id: z.string(), name: z.string() }).nullable().default(null),
  /** Who had left it out when a run took it up. It is left out again when that run goes no further. */
  leftOut: recordSummarySchema.shape.excluded.default(null),
  /** A reset forgot what it is in Xero. What sync made of it earlier is offered, and never taken unasked. */
  isReset: z.boolean().default(false),
  /** What the reset forgot, to be offered. */
  forgotten: z.string().nullable().default(null),
  /** Since when a record that this one needs was never put. */
  missingSince: z.string().nullable().default(null),
});
export type Memory = z.infer<typeof memorySchema>;

/** `memory` is what this engine stored. An empty object is a record that was never looked at. */
export function parseMemory(memory: string): Memory {
  return memorySchema.parse(JSON.parse(memory));
}

/** The answer that still counts for this data; undefined when there is none. */
export function findOpenAnswer(
  { answer }: Pick<Memory, 'answer'>,
  { dataHash }: { dataHash: string },
): NonNullable<Memory['answer']> | undefined {
  const isOpen = answer !== null && !answer.isUsed && [null, dataHash].includes(answer.dataHash);
  return isOpen ? answer : undefined;
}

export const formatMemory: (memory: Memory) => string = JSON.stringify;
