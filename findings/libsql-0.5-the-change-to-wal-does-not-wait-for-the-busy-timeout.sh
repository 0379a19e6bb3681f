#!/usr/bin/env bash
# libsql 0.5.29: `PRAGMA journal_mode = WAL` on a file that is not in WAL mode yet fails with SQLITE_BUSY at once while another
# connection holds a write transaction, whatever `busy_timeout` says. While another connection holds the file exclusively
# it does wait. So processes that open a new database at the same moment fail now and then, although each has a time-out.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "name": "finding", "private": true, "type": "module" }' > package.json
npm install --no-audit --no-fund --silent --save-exact libsql@0.5.29 >/dev/null 2>&1
cat > busy.mjs <<'JS'
import { fork } from 'node:child_process';
import { once } from 'node:events';
import Libsql from 'libsql';

const [, , file, begin] = process.argv;
if (begin) {
  // The other process: holds a transaction for 0.6 seconds.
  const db = new Libsql(file);
  db.exec('create table held (id integer)');
  db.exec(begin);
  process.send('held');
  setTimeout(() => {
    db.exec('commit');
    process.exit(0);
  }, 600);
} else {
  const outcome = {};
  for (const how of ['begin immediate', 'begin exclusive']) {
    const other = fork('./busy.mjs', [`${how.replace(' ', '-')}.db`, how]);
    await once(other, 'message');
    const db = new Libsql(`${how.replace(' ', '-')}.db`);
    db.pragma('busy_timeout = 5000');
    const startedAt = performance.now();
    try {
      db.pragma('journal_mode = WAL');
      outcome[how] = 'waited';
    } catch (error) {
      outcome[how] = error.code;
    }
    console.log(`libsql 0.5.29, another holds "${how}": ${outcome[how]} after ${Math.round(performance.now() - startedAt)} ms of 5000`);
    await once(other, 'close');
  }
  process.exit(outcome['begin immediate'] === 'SQLITE_BUSY' && outcome['begin exclusive'] === 'waited' ? 0 : 1);
}
JS
node busy.mjs
