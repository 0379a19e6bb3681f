import Libsql from 'libsql';

/**
 * Another process that writes to a new database: begins a write transaction in the file that it is given, says so, and
 * ends it half a second later.
 */
const sqlite = new Libsql(JSON.parse(process.argv[2] ?? '""'));
sqlite.exec('create table other (id integer)');
sqlite.exec('begin immediate');
console.log(JSON.stringify('held'));
// Real time: the process that waits for it cannot say anything meanwhile.
setTimeout(() => sqlite.exec('commit'), 500);
