#!/usr/bin/env bash
# BullMQ 6.7.0 on node-redis 6.3.1: a program that listens for errors on its client, on its Queue and on its Worker, and
# has closed both, ends with an unhandled 'error' event when Redis goes away later. BullMQ takes a node-redis client as
# `connection` and wraps it in an emitter of its own. That emitter passes on every error of the client, and close() takes
# away BullMQ's own listener, but leaves the client open, as it was given. Nothing shows the emitter to the program, so it
# cannot listen there, unless it wraps the client itself with createNodeRedisClient. The same program on ioredis 5.9.2
# lives on: there the client itself emits the error, and the program listens on it.
set -euo pipefail
command -v redis-server >/dev/null || { echo 'needs redis-server'; exit 2; }
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "name": "finding", "private": true, "type": "module" }' > package.json
npm install --no-audit --no-fund --silent --save-exact bullmq@6.7.0 redis@6.3.1 ioredis@5.9.2 >/dev/null 2>&1
cat > close.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { Queue, Worker } from 'bullmq';
import IORedis from 'ioredis';
import { createClient } from 'redis';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const port = await new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
const redis = spawn('redis-server', ['--port', String(port), '--save', '', '--appendonly', 'no'], { stdio: 'pipe' });
await new Promise((resolve) => redis.stdout.on('data', (text) => /Ready to accept/.test(text) && resolve()));

const driver = process.argv[2];
const url = `redis://127.0.0.1:${port}`;
const client =
  driver === 'ioredis' ? new IORedis(url, { maxRetriesPerRequest: null }) : await createClient({ url }).on('error', () => {}).connect();
client.on('error', () => {});
const queue = new Queue('jobs', { connection: client });
const worker = new Worker('jobs', async () => {}, { connection: client });
for (const user of [queue, worker]) user.on('error', () => {});
await queue.waitUntilReady();
await worker.waitUntilReady();
await worker.close();
await queue.close();
process.on('uncaughtException', (error) => {
  console.log(`${driver}: ends with ${error.name}: ${error.message}`);
  redis.kill('SIGKILL');
  process.exit(3);
});
redis.kill('SIGKILL');
await pause(1500);
console.log(`${driver}: lives on`);
process.exit(0);
JS
node_redis=0; node close.mjs node-redis || node_redis=$?
ioredis=0; node close.mjs ioredis || ioredis=$?
[ "$node_redis" = 3 ] && [ "$ioredis" = 0 ]
