#!/usr/bin/env bash
# @typescript/typescript6 6.0.2 is meant to stand beside TypeScript 7, with its own program named tsc6. It depends on
# `@typescript/old`, an alias of TypeScript 6 that brings a program named tsc. npm 11 links that one as
# node_modules/.bin/tsc, so that `npx tsc` silently checks with version 6, although package.json names version 7.
# Expected: tsc is the program of the package that package.json itself names.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true}' > package.json
npm install --silent --no-audit --no-fund --save-exact typescript@7.0.2 @typescript/typescript6@6.0.2 > npm.log 2>&1
echo "npm $(npm --version), typescript $(node -p "require('typescript/package.json').version") in package.json"
echo "tsc: $(node_modules/.bin/tsc --version), linked to $(readlink node_modules/.bin/tsc)"
case "$(node_modules/.bin/tsc --version)" in
  'Version 6.'*) echo 'tsc is the one of version 6.' ;;
  *) echo 'The behaviour changed: tsc is not the one of version 6.'; exit 1 ;;
esac
