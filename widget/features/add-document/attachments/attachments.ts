import {
  attachmentMaxBytes,
  attachmentMaxCount,
  attachmentMaxNameLength,
  attachmentRefusedCharacters,
  isPathStep,
} from '#shared/attachment-limits.ts';
import { newKey } from '#widget/lib/new-key.ts';
import type { Failure } from '#widget/session/failures/failure.ts';
import { attachWords } from '../words.ts';

export type Attachment = {
  id: string;
  /** The name that it will have in Xero. */
  name: string;
  file: File;
  state: 'waiting' | 'sending' | 'done' | 'failed';
  /** From 0 to 1. */
  share: number;
  failure: Failure | null;
};

/** Splits files into those that can be added, and reasons why others cannot. */
export function admit(present: readonly Attachment[], files: readonly File[]) {
  const admitted: Attachment[] = [];
  const refused: string[] = [];
  const tooMany: string[] = [];
  for (const file of files) {
    const names = [...present, ...admitted].map(({ name }) => name.toLowerCase());
    if (file.size > attachmentMaxBytes) refused.push(attachWords.tooLarge(file.name));
    else if (file.size === 0) refused.push(attachWords.empty(file.name));
    else if (names.length >= attachmentMaxCount) tooMany.push(file.name);
    else admitted.push({ id: newKey(), name: toName(file.name, names), file, ...untouched });
  }
  if (tooMany.length > 0) refused.push(attachWords.tooMany(tooMany.join(', ')));
  return { admitted, refused: [...new Set(refused)] };
}

const untouched = { state: 'waiting', share: 0, failure: null } as const;

/**
 * Removes what Xero refuses, and makes the name unique, because a second file of the same name would replace the
 * first.
 */
function toName(given: string, taken: readonly string[]): string {
  const clean = given.split('').map((character) => (attachmentRefusedCharacters.test(character) ? '-' : character));
  const name = clean.join('').trim();
  const [, stem = '', ending = ''] = (!isPathStep(name) && /^(.*?)(\.[^.]{1,12})?$/s.exec(name)) || [];
  const build = (mark: string) =>
    `${(stem || 'file').slice(0, attachmentMaxNameLength - ending.length - mark.length)}${mark}${ending}`;
  let copy = 1;
  while (taken.includes(build(markOf(copy)).toLowerCase())) copy += 1;
  return build(markOf(copy));
}

function markOf(copy: number): string {
  return copy === 1 ? '' : ` (${copy})`;
}
