import Libsql from 'libsql';

/**
 * A second process that writes to a new database: begins a write transaction in the given file, reports it, and commits
 * half a second later.
 */
const sqlite = new Libsql(JSON.parse(process.argv[2] ?? '""'));
sqlite.exec('create table other (id integer)');
sqlite.exec('begin immediate');
console.log(JSON.stringify('held'));
// Real time: the waiting process is blocked meanwhile.
setTimeout(() => sqlite.exec('commit'), 500);
