import { checkRooms } from '#test/support/checks/check-rooms.ts';
import { checkDecisions } from '#test/support/checks/documentation/decisions.ts';
import { checkDocPaths } from '#test/support/checks/documentation/doc-paths.ts';
import { checkFolderTable } from '#test/support/checks/documentation/folder-table.ts';
import { checkPictureNames } from '#test/support/checks/documentation/picture-names.ts';
import { checkFileLength } from '#test/support/checks/file-length.ts';
import { checkFunctionStyle } from '#test/support/checks/function-style.ts';
import { checkLockFile } from '#test/support/checks/lock-file.ts';
import { checkSizes } from '#test/support/checks/size-limit.ts';
import { checkStyles } from '#test/support/checks/styles.ts';
import { checkTestTitles } from '#test/support/checks/test-titles.ts';
import { checkTimers } from '#test/support/checks/timers.ts';
import { checkVisibleText } from '#test/support/checks/visible-text.ts';
import { type CommandResult, runCommand, runTool } from '#test/support/programs/run-command.ts';

/** One thing to check. `run` returns what is wrong; an empty list means that all is well. */
type Check = { name: string; run: () => Promise<string[]> };

function toFaults({ code, output }: CommandResult): string[] {
  return code === 0 ? [] : [output.trim()];
}
function tool(name: string, ...args: string[]) {
  return async () => toFaults(await runTool(name, args));
}

/** `npm run check` runs all of them, even if one fails. The build comes before the checks of its size. */
const checks: readonly Check[] = [
  { name: 'types', run: tool('tsc', '--noEmit', '-p', '.') },
  { name: 'style', run: tool('biome', 'check', '--error-on-warnings', '.') },
  { name: 'rooms', run: checkRooms },
  { name: 'dead code', run: tool('knip', '--no-progress', '--treat-config-hints-as-errors') },
  { name: 'file length', run: checkFileLength },
  { name: 'paths in documents', run: checkDocPaths },
  { name: 'folders in README', run: checkFolderTable },
  { name: 'names in pictures', run: checkPictureNames },
  { name: 'decisions', run: checkDecisions },
  { name: 'style sheets', run: checkStyles },
  { name: 'functions', run: checkFunctionStyle },
  { name: 'timers', run: checkTimers },
  { name: 'test titles', run: checkTestTitles },
  { name: 'visible text', run: checkVisibleText },
  { name: 'lock file', run: checkLockFile },
  { name: 'build', run: async () => toFaults(await runCommand('npm', ['run', 'build', '--silent'])) },
  { name: 'sizes', run: checkSizes },
];

const faults: string[] = [];
for (const { name, run } of checks) {
  const startedAt = Date.now();
  const found = await run().catch((error: unknown) => [String(error)]);
  faults.push(...found.map((fault) => `${name}: ${fault}`));
  console.log(`${found.length === 0 ? '✓' : '✗'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}
if (faults.length > 0) {
  console.error(`\n${faults.join('\n\n')}\n\ncheck: ${faults.length} failed`);
  process.exitCode = 1;
} else {
  console.log('check: all well');
}
