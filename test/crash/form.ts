import { randomUUID } from 'node:crypto';
import { type Answer, type DocumentRequest, newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';

export type Kind = 'quotes' | 'invoices' | 'bills';

/** A filled-in form. Its mark is part of the document that it makes. */
export type Form = DocumentRequest & { mark: string };

/**
 * A form that was saved until it was answered. `id` is null if it never was. `isCut`: its first saving got no good
 * answer.
 */
export type Saved = { mark: string; id: string | null; isCut: boolean };

const mostSaves = 12;

export function newForm(contactId: string, random: () => number, kinds: readonly Kind[]): Form {
  const mark = `crash-${randomUUID()}`;
  const unitAmount = (Math.floor(random() * 100_000) / 100).toFixed(2);
  const quantity = String(1 + Math.floor(random() * 9));
  const kind = kinds[Math.floor(random() * kinds.length)] ?? 'invoices';
  const isBill = kind === 'bills';
  const account = isBill ? { accountCode: '400', taxType: 'INPUT' } : { accountCode: '200', taxType: 'OUTPUT' };
  const lines = [{ description: mark, quantity, unitAmount, ...account }];
  const body = newDocument(contactId, { lines, ...(isBill ? { number: mark } : { reference: mark }) });
  return { mark, path: `/api/${kind}`, key: randomUUID(), body };
}

export function readId({ status, body }: Answer): string | null {
  const id = (body as { document?: { id: string } }).document?.id;
  return status === 201 && id ? id : null;
}

/** Retries while a suspended or busy server refuses requests. */
export async function patiently<T>(act: () => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await act();
    } catch (error) {
      if (count === mostSaves || !/ 503:/.test(String(error))) throw error;
      await pause();
    }
  }
}

function pause(): Promise<void> {
  // Real time: the server's own load measurement must be newer.
  return new Promise((resolve) => setTimeout(resolve, 500));
}

/** Presses Save again and again, as a person does, whatever the answer. */
export async function saveUntilAnswered(visit: Visit, form: Form): Promise<string | null> {
  for (let count = 0; count < mostSaves; count += 1) {
    const answer = await sendDocument(visit, form);
    const id = readId(answer);
    if (id !== null) return id;
    if (answer.status === 503) await pause();
  }
  return null;
}
