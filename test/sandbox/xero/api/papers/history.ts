import { z } from 'zod';
import { msDate } from '../../dates.ts';
import { notFound } from '../../errors.ts';
import { tellHistory } from '../../records/history.ts';
import type { HistoryEntry } from '../../records/types.ts';
import { answerElements } from '../envelope.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { invalidJson, writeElements } from '../writes/write-elements.ts';
import { findPaper, historyKinds, type Paper, type PaperKind } from './papers.ts';

function routesOf(kind: PaperKind): ApiRoute[] {
  const shared = { path: `/${kind.plural}/:id/History`, scopes: kind.scopes };
  return [
    { ...shared, method: 'GET', run: (call) => listHistory(call, kind) },
    { ...shared, method: 'PUT', run: (call) => addNotes(call, kind) },
  ];
}

export const historyRoutes: ApiRoute[] = historyKinds.flatMap(routesOf);

/** Newest first. */
function listHistory(call: ApiCall, kind: PaperKind): ApiAnswer {
  const paper = findPaper(call, kind);
  if (!paper) throw notFound();
  const entries = [...(call.books.history.get(paper.id) ?? [])].reverse();
  return answerElements(call, 'HistoryRecords', entries.map(historyToWire));
}

const noteSchema = z.object({ Details: z.string().optional() });

const maxLength = 2500;

function addNotes(call: ApiCall, kind: PaperKind): ApiAnswer {
  const paper = findPaper(call, kind);
  return writeElements(call, {
    plural: 'HistoryRecords',
    read: (element) => {
      const parsed = noteSchema.safeParse(element);
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: ({ Details }) => ({ document: noteProblems(paper, Details), contact: [], lines: [] }),
    toRefused: (note) => ({ ...note, ...datesOf(call.sandbox.clock.now()) }),
    save: ({ Details = '' }) => {
      const at = call.sandbox.clock.now();
      tellHistory(call.books, paper?.id ?? '', { Changes: 'Note', Details, at });
      return { Details, ...datesOf(at), ValidationErrors: [] };
    },
  });
}

/** The first text is from Xero's own example. */
function noteProblems(paper: Paper | undefined, details = ''): string[] {
  if (!paper) return ['The document with the supplied id was not found for this endpoint.'];
  if (details.trim() === '') return ['The Details field is mandatory.'];
  if (details.length <= maxLength) return [];
  return [`The field Details must be a string with a maximum length of ${maxLength}.`];
}

function historyToWire({ Changes, Details, User, at }: HistoryEntry) {
  return { Changes, ...datesOf(at), User, Details };
}

function datesOf(at: number) {
  return { DateUTCString: new Date(at).toISOString().slice(0, 19), DateUTC: msDate(at) };
}
