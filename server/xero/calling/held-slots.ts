import type { Admission } from '#server/cache/cache.ts';

/** `shared`: counted across all processes. `own`: counted by this process while the shared counts are unavailable. */
export type CountedBy = 'shared' | 'own';

/** Remembers which counts each call in progress entered by. */
export type HeldSlots = {
  note(by: CountedBy, organisationId: string, admission: Admission): Admission;
  count(by: CountedBy, organisationId: string): number;
  /** Returns the counts that it entered by. */
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
