import type { SandboxCall } from './sandbox-calls.ts';

/** A call of a template of Xero's file, whose ids are given in order. */
export function callOf(
  method: SandboxCall['method'],
  template: string,
  ids: string[],
  more: Partial<SandboxCall> = {},
): SandboxCall {
  const names = template.match(/\{\w+\}/g) ?? [];
  const path = names.reduce((text, name, index) => text.replace(name, ids[index] ?? ''), template);
  return { method, template, route: toRoute(template), path, status: 200, ...more };
}

/** The first id is `:id`, a second one `:childId`. */
function toRoute(template: string): string {
  return template.replace(/\{\w+\}/, ':id').replace(/\{\w+\}/, ':childId');
}

/** A deletion that answers without a body. */
export const noBody = { status: 204, media: '' } as const;
