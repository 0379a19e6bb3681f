import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { projectRoot } from '#test/support/programs/run-command.ts';

/** A mutant by what it changes rather than by its line, so that the list outlives edits around it. */
export type Mutation = { file: string; original: string; replacement: string };

/** A mutant that no test can tell from the code, and why that does no harm. */
export type AcceptedSurvivor = Mutation & { reason: string };

type Position = MutantResult['location']['start'];

/** Positions as in the mutation testing report: the first line and the first column are 1. */
function toOffset(text: string, { line, column }: Position): number {
  const before = text.split('\n').slice(0, line - 1);
  return before.reduce((sum, { length }) => sum + length + 1, 0) + column - 1;
}

export function toMutation({ fileName, location, replacement }: MutantResult): Mutation {
  const text = readFileSync(fileName, 'utf8');
  const original = text.slice(toOffset(text, location.start), toOffset(text, location.end));
  return { file: relative(projectRoot, fileName), original, replacement: replacement ?? '' };
}

export function readAcceptedSurvivors(): AcceptedSurvivor[] {
  return JSON.parse(readFileSync(join(projectRoot, 'test/mutate/accepted-survivors.json'), 'utf8'));
}

export function isAccepted(accepted: readonly AcceptedSurvivor[], mutation: Mutation): boolean {
  return accepted.some(
    ({ file, original, replacement }) =>
      file === mutation.file && original === mutation.original && replacement === mutation.replacement,
  );
}
