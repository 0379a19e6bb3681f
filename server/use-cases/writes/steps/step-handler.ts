import type { StepName, StepState, WriteRow, WriteStepRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import type { About, Act } from '#server/use-cases/audit/audit.ts';

/** `changed`: done, but the total is different from before. */
export type StepDone = Extract<StepState, 'done' | 'changed'>;

/** One thing that follows a finished write, such as an e-mail. */
export type StepHandler = {
  send(write: WriteRow, step: WriteStepRow): Promise<StepDone>;
  /** The outcome of an earlier sending, as seen in Xero; undefined: none seen. */
  findEnd(write: WriteRow, step: WriteStepRow): Promise<StepDone | undefined>;
  /** False: after a lost answer, a person decides whether to send it again. */
  isRepeatable: boolean;
  /** The audit entry of its end; null when the step is itself a record in Xero. */
  toAct(write: WriteRow): ({ action: Act['action'] } & About) | null;
};

export type BuildStepHandlers = (acting: Acting) => Record<StepName, StepHandler>;
