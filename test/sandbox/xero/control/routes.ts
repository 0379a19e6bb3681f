import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import { XeroFault } from '../errors.ts';
import { parseJson } from '../json.ts';
import type { Sandbox } from '../state.ts';
import { commandSchemas } from './commands.ts';
import { listAttachments, listDirectory, listDocuments, listEmails, listHistory } from './count.ts';
import { personActs, runPersonAct } from './person.ts';
import { runClock, runDisconnect, runReset, runTokens, runTouch } from './run.ts';
import { toSeedInfo } from './seed-info.ts';
import { webhookCommands } from './webhook-commands.ts';

export type Command = (sandbox: Sandbox, body: unknown) => unknown;

const done = { ok: true };

function doing(act: (sandbox: Sandbox, body: unknown) => void): Command {
  return (sandbox, body) => {
    act(sandbox, body);
    return done;
  };
}

const commands: Record<string, Command> = {
  reset: doing((sandbox, body) => runReset(sandbox, commandSchemas.reset.parse(body))),
  fault: doing((sandbox, body) => sandbox.state.faults.add(commandSchemas.fault.parse(body))),
  'clear-faults': doing((sandbox) => sandbox.state.faults.clear()),
  'forget-keys': doing((sandbox) => sandbox.state.idempotency.forget()),
  touch: doing((sandbox, body) => runTouch(sandbox, commandSchemas.touch.parse(body))),
  clock: (sandbox, body) => runClock(sandbox, commandSchemas.clock.parse(body)),
  tokens: doing((sandbox, body) => runTokens(sandbox, commandSchemas.tokens.parse(body))),
  disconnect: doing((sandbox, body) => runDisconnect(sandbox, commandSchemas.disconnect.parse(body))),
  limits: doing((sandbox, body) => sandbox.state.limits.change(commandSchemas.limits.parse(body))),
  consent: doing((sandbox, body) => {
    sandbox.state.bulk = commandSchemas.consent.parse(body).bulk;
  }),
  requests: (sandbox) => sandbox.state.journal.list(),
  'clear-requests': doing((sandbox) => sandbox.state.journal.clear()),
  peak: (sandbox) => sandbox.state.limits.peak(),
  seed: (sandbox) => toSeedInfo(sandbox.state),
  attachments: ({ state }, body) => listAttachments(state, commandSchemas.attachments.parse(body).documentId),
  history: ({ state }, body) => listHistory(state, commandSchemas.history.parse(body).documentId),
  emails: ({ state }) => listEmails(state),
  ...webhookCommands,
  documents: ({ state }, body) => listDocuments(state, commandSchemas.documents.parse(body)),
  directory: ({ state }, body) => listDirectory(state, commandSchemas.directory.parse(body)),
};

/** The control plane. Xero does not have it, and no product may use it. */
export function addControlRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.route<{ Params: { command: string } }>({
    method: ['GET', 'POST'],
    url: '/sandbox/:command',
    handler: async ({ params, body }) => {
      const given = body === undefined ? {} : parseJson(body);
      return explained(() => runCommand(sandbox, params.command, given));
    },
  });
}

function runCommand(sandbox: Sandbox, name: string, body: unknown): unknown {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command(sandbox, body);
  const act = Object.hasOwn(personActs, name) ? personActs[name] : undefined;
  if (!act) throw new XeroFault(404, `the sandbox knows no command ${name}`);
  return runPersonAct(sandbox, act, body);
}

function explained(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    if (error instanceof ZodError) throw new XeroFault(400, { message: error.message });
    throw error;
  }
}
