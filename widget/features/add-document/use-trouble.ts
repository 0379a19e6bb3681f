import { useState } from 'react';
import type { Failure } from '#widget/session/failure.ts';
import type { FieldErrors } from './draft/draft.ts';
import { placeErrors, type SentLines } from './draft/read-draft.ts';

/** Errors by field. `count` grows with every refusal, so that each refusal moves the focus. */
export function useTrouble() {
  const [state, setState] = useState<{ errors: FieldErrors; other: string[]; count: number }>({
    errors: {},
    other: [],
    count: 0,
  });
  const show = (errors: FieldErrors, other: string[] = []) =>
    setState(({ count }) => ({ errors, other, count: count + 1 }));
  return {
    ...state,
    show,
    showRefusal: ({ errors = [] }: Failure, sent: SentLines) => {
      const placed = placeErrors(errors, sent);
      show(placed.errors, placed.other);
    },
    clear: (fields: readonly string[]) =>
      setState((now) => {
        if (!fields.some((field) => field in now.errors)) return now;
        const left = Object.entries(now.errors).filter(([field]) => !fields.includes(field));
        return { ...now, errors: Object.fromEntries(left) };
      }),
  };
}
