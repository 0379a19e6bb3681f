#!/usr/bin/env bash
# StrykerJS 9.6.1 (the last line that takes Node 20) reads tsconfig.json through TypeScript's JavaScript API, though it
# never type-checks. TypeScript 7.0.2 ships no such API, so a run with the vitest runner ends with
# "ts.parseConfigFileTextToJson is not a function" as soon as a tsconfig.json lies beside it. Naming a file that does not
# exist (`tsconfigFile`) makes the very same run work: Stryker says nothing of the missing file and kills the mutants.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "name": "finding", "private": true, "type": "module" }' > package.json
npm install --no-audit --no-fund --silent --save-exact \
  @stryker-mutator/core@9.6.1 @stryker-mutator/vitest-runner@9.6.1 vitest@4.1.12 typescript@7.0.2 >/dev/null 2>&1
echo '{ "compilerOptions": { "module": "nodenext", "strict": true } }' > tsconfig.json
echo 'export const add = (a: number, b: number) => a + b;' > add.ts
cat > add.test.ts <<'TS'
import { expect, test } from 'vitest';
import { add } from './add.ts';
test('adds', () => expect(add(2, 3)).toBe(5));
TS
run() {
  echo "{ \"testRunner\": \"vitest\", \"plugins\": [\"@stryker-mutator/vitest-runner\"], \"mutate\": [\"add.ts\"], \"reporters\": [\"clear-text\"], \"tsconfigFile\": \"$1\" }" > stryker.config.json
  npx stryker run 2>&1 || true
}
with="$(run tsconfig.json)"
without="$(run no-such-file.json)"
echo "with tsconfig.json:  $(grep -o 'ts\.parseConfigFileTextToJson is not a function' <<<"$with" | head -1)"
echo "with a missing file: $(grep -o 'add\.ts *| *[0-9.]*' <<<"$without" | head -1)"
grep -q 'ts\.parseConfigFileTextToJson is not a function' <<<"$with"
grep -Eq 'add\.ts *\| *100' <<<"$without"
