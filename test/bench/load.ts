import { runTool } from '#test/support/programs/run-command.ts';

const connections = 20;
const usualSeconds = 5;

export type Load = { requestsPerSecond: number; p99Ms: number };

type Report = { requests: { average: number }; latency: { p99: number }; non2xx: number; errors: number };

/** Runs autocannon in a process of its own, after a warm-up of one second. */
export async function putUnderLoad(address: string, bearer?: string, seconds = usualSeconds): Promise<Load> {
  const headers = bearer ? ['--headers', `authorization=Bearer ${bearer}`] : [];
  const fixed = ['--connections', String(connections), '--json', '--no-progress', ...headers];
  await runTool('autocannon', ['--duration', '1', ...fixed, address]);
  const { code, stdout, output } = await runTool('autocannon', ['--duration', String(seconds), ...fixed, address]);
  if (code !== 0) throw new Error(`autocannon failed:\n${output}`);
  const report = JSON.parse(stdout) as Report;
  if (report.non2xx + report.errors > 0) throw new Error(`${report.non2xx} answers of ${address} were refusals`);
  return { requestsPerSecond: report.requests.average, p99Ms: report.latency.p99 };
}
