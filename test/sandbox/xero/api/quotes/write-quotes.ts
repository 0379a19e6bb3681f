import { tellHistory } from '../../records/history.ts';
import type { Quote } from '../../records/types.ts';
import type { Problems } from '../../records/writing/problems.ts';
import { type QuoteWrite, quoteProblems } from '../../records/writing/quote-problems.ts';
import { saveQuote } from '../../records/writing/save-quote.ts';
import { type SentQuote, sentQuoteSchema } from '../../records/writing/sent.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { toRefusedParts, zeroId } from '../writes/refused-document.ts';
import { invalidJson, requireNamed, type WriteMode, withoutNulls, writeElements } from '../writes/write-elements.ts';
import { writtenText } from '../writes/written-text.ts';
import { quoteDayPair, quoteToWire } from './quote-wire.ts';

/** Quotes: PUT creates them, POST creates or changes them. */
export function writeQuotes(call: ApiCall, mode: WriteMode): ApiAnswer {
  const { books, params, sandbox } = call;
  requireNamed(mode, books.quotes.get((params.id ?? '').toLowerCase()));
  const toWrite = (sent: SentQuote): QuoteWrite => ({
    organisation: call.organisation,
    sent,
    known: mode === 'create' ? undefined : findKnown(call, sent),
    now: sandbox.clock.now(),
  });
  return writeElements<SentQuote>(call, {
    plural: 'Quotes',
    read: (element) => readSent(element, params.id),
    problemsOf: (sent) => withLostId(mode, toWrite(sent)),
    toRefused: (sent, problems) => toRefused(toWrite(sent), problems),
    save: (sent) => save(call, toWrite(sent)),
  });
}

function readSent(element: unknown, id: string | undefined): SentQuote {
  const parsed = sentQuoteSchema.safeParse(withoutNulls(element));
  if (!parsed.success) throw invalidJson();
  return id === undefined ? parsed.data : { ...parsed.data, QuoteID: id };
}

function findKnown({ books }: ApiCall, { QuoteID, QuoteNumber }: SentQuote): Quote | undefined {
  if (QuoteID) return books.quotes.get(QuoteID.toLowerCase());
  if (!QuoteNumber) return undefined;
  return [...books.quotes.values()].find((one) => one.QuoteNumber === QuoteNumber && one.Status !== 'DELETED');
}

function withLostId(mode: WriteMode, write: QuoteWrite): Problems {
  const isLost = mode !== 'create' && write.sent.QuoteID && write.known === undefined;
  if (!isLost) return quoteProblems(write);
  return { document: ['An existing Quote with the specified QuoteID could not be found'], contact: [], lines: [] };
}

function toRefused({ sent, known }: QuoteWrite, problems: Problems) {
  const { Date: date, ExpiryDate, ...fields } = sent;
  return {
    ...fields,
    QuoteID: known?.QuoteID ?? zeroId,
    ...quoteDayPair('Date', date),
    ...quoteDayPair('ExpiryDate', ExpiryDate),
    ...toRefusedParts(sent, problems),
  };
}

function save(call: ApiCall, write: QuoteWrite) {
  const before = write.known?.Status;
  const quote = saveQuote(write);
  const entry = writtenText(call, { before, status: quote.Status, number: quote.QuoteNumber, ...quote });
  tellHistory(call.books, quote.QuoteID, { ...entry, at: write.now });
  return quoteToWire(call.books, quote);
}
