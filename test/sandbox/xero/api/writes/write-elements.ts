import { badRequest, notFound, validationException } from '../../errors.ts';
import { listProblems, type Problems } from '../../records/writing/problems.ts';
import { toElements } from '../body.ts';
import { answerElements } from '../envelope.ts';
import { isTrue } from '../listing.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';

export type WriteMode = 'create' | 'create or update' | 'update';

/** How one kind of element is written. */
export type ElementWriter<Draft> = {
  plural: string;
  /** May throw for JSON of an unexpected shape. */
  read(element: unknown): Draft;
  problemsOf(draft: Draft): Problems;
  /** The element in a refusal: what was sent, with messages on the parts they are about. */
  toRefused(draft: Draft, problems: Problems): Record<string, unknown>;
  /** Saves the element and returns it as answered. */
  save(draft: Draft): Record<string, unknown>;
};

type Outcome = { element: Record<string, unknown>; isRefused: boolean };

/** One invalid element fails the whole call. With `summarizeErrors=false`, each element has its own outcome. */
export function writeElements<Draft>(call: ApiCall, writer: ElementWriter<Draft>): ApiAnswer {
  const drafts = toElements(call.body, writer.plural).map((element) => writer.read(element));
  const summarize = call.query.summarizeerrors === undefined || isTrue(call.query.summarizeerrors);
  if (!summarize) {
    const outcomes = drafts.map((draft) => writeOne(writer, draft));
    return answerElements(call, writer.plural, outcomes.map(withStatus));
  }
  throwRefused(drafts.flatMap((draft) => check(writer, draft) ?? []));
  const outcomes = drafts.map((draft) => writeOne(writer, draft));
  throwRefused(outcomes.filter(({ isRefused }) => isRefused));
  return answerElements(
    call,
    writer.plural,
    outcomes.map(({ element }) => element),
  );
}

function throwRefused(refused: Outcome[]): void {
  if (refused.length > 0) throw validationException(refused.map(({ element }) => element));
}

function check<Draft>(writer: ElementWriter<Draft>, draft: Draft): Outcome | undefined {
  const problems = writer.problemsOf(draft);
  const texts = listProblems(problems);
  if (texts.length === 0) return undefined;
  return { element: { ...writer.toRefused(draft, problems), ValidationErrors: toErrors(texts) }, isRefused: true };
}

function writeOne<Draft>(writer: ElementWriter<Draft>, draft: Draft): Outcome {
  return check(writer, draft) ?? { element: writer.save(draft), isRefused: false };
}

export function toErrors(texts: string[]) {
  return texts.map((Message) => ({ Message }));
}

function withStatus({ element, isRefused }: Outcome) {
  return {
    ...element,
    StatusAttributeString: isRefused ? 'ERROR' : 'OK',
  };
}

export function invalidJson() {
  return badRequest(17, 'PostDataInvalidException', 'JSON for post data was invalid');
}

/** A field with null counts as missing. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(entries.map(([name, field]) => [name, withoutNulls(field)]));
}

/** Requires the record named in the address, because otherwise there is nothing to update. */
export function requireNamed<Record>(mode: WriteMode, found: Record | undefined): void {
  if (mode === 'update' && found === undefined) throw notFound();
}
