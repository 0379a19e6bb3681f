import type { Admission } from '#server/cache/cache.ts';

/** `shared`: over all processes. `own`: of this one, while the shared counts are away. */
export type CountedBy = 'shared' | 'own';

/** By which counts this process's calls in flight have entered. */
export type HeldSlots = {
  note(by: CountedBy, organisationId: string, admission: Admission): Admission;
  count(by: CountedBy, organisationId: string): number;
  /** Answers by which it had entered. */
  forget(slot: string): CountedBy | undefined;
};

export function buildHeldSlots(): HeldSlots {
  const held = new Map<string, { by: CountedBy; organisationId: string }>();
  return {
    note(by, organisationId, admission) {
      if (admission.isAdmitted) held.set(admission.slot, { by, organisationId });
      return admission;
    },
    count: (by, organisationId) =>
      [...held.values()].filter((one) => one.by === by && one.organisationId === organisationId).length,
    forget(slot) {
      const by = held.get(slot)?.by;
      held.delete(slot);
      return by;
    },
  };
}
