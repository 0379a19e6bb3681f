import { parseArgs } from 'node:util';
import { startXero } from './start.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, log: { type: 'boolean' } } });
const xero = await startXero({ port: Number(values.port ?? 4100), log: values.log ?? false });
console.log(`Sandbox Xero at ${xero.origin}, client id ${xero.clientId}, client secret ${xero.clientSecret}`);
