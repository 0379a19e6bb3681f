import { expect, test } from 'vitest';
import { listRegistryHosts } from './lock-file.ts';

test('reports each registry address in the lock file once', () => {
  const lock = '{"a":{"resolved":"https://host.example/a.tgz"},"b":{"resolved": "https://host.example/a.tgz"}}';
  expect(listRegistryHosts(lock)).toEqual(['https://host.example/a.tgz']);
});

test('accepts versions and funding links', () => {
  expect(listRegistryHosts('{"a":{"version":"1.0.0","funding":{"url":"https://money.example"}}}')).toEqual([]);
});
