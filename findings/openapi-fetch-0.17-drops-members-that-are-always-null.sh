#!/usr/bin/env bash
# openapi-fetch 0.17 drops members whose type is null from the types of answers. With `kind: null` in the type of an
# answer, `data.kind` does not compile, though the answer has it. A union of shapes that is told apart by such a member
# can no longer be told apart. The cause: Readable of openapi-typescript-helpers 0.1 leaves out each member for which
# `NonNullable<T[K]> extends $Write<any>`. NonNullable<null> is never, and never extends everything.
# Expected: `kind` is there, with the type null, as in the generated types.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --silent --no-audit --no-fund --save-exact openapi-fetch@0.17.0 typescript@7.0.2 > npm.log 2>&1
cat > check.ts <<'TS'
import createClient from 'openapi-fetch';

type Answer = { id: string; kind: null; note: string | null };
export interface paths {
  '/change': { get: { responses: { 200: { content: { 'application/json': Answer } } } } };
}

const { data } = await createClient<paths>({ baseUrl: 'http://localhost' }).GET('/change');
export const id: string | undefined = data?.id;
export const note: string | null | undefined = data?.note;
export const kind: null | undefined = data?.kind;
TS
npx tsc --noEmit --strict --module nodenext --target es2022 --skipLibCheck check.ts > tsc.log && found=0 || found=$?
echo "openapi-fetch $(node -p "require('./node_modules/openapi-fetch/package.json').version")"
cat tsc.log
[ "$found" -ne 0 ] && [ "$(grep -c 'error TS' tsc.log)" = 1 ] && grep -q "TS2339: Property 'kind' does not exist" tsc.log ||
  { echo 'The behaviour changed: a member that is always null is kept.'; exit 1; }
echo 'The member "kind: null" is missing in the type of the answer; "note: string | null" is there.'
