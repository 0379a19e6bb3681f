import type { StepName, StepState, WriteRow, WriteStepRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import type { About, Act } from '#server/use-cases/audit/audit.ts';

/** `changed`: done, and what it changed comes to another total than before. */
export type StepDone = Extract<StepState, 'done' | 'changed'>;

/** One thing that follows a finished write, such as an e-mail. */
export type StepHandler = {
  send(write: WriteRow, step: WriteStepRow): Promise<StepDone>;
  /** What Xero shows of an earlier sending; undefined: nothing. */
  findEnd(write: WriteRow, step: WriteStepRow): Promise<StepDone | undefined>;
  /** False: after a lost answer a person decides whether it is sent again. */
  isRepeatable: boolean;
  /** What the audit says of its end; null where the step is itself a record in Xero. */
  toAct(write: WriteRow): ({ action: Act['action'] } & About) | null;
};

export type BuildStepHandlers = (acting: Acting) => Record<StepName, StepHandler>;
