import { z } from 'zod';
import type { WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import type { ManyHandler } from '#server/use-cases/writes/many/many-handler.ts';
import type { Found } from '#server/use-cases/writes/write-handler.ts';
import { parseExactJson } from '#server/xero/bytes/exact-json.ts';
import type { XeroTwin } from '#server/xero/records/records.ts';
import { recordsPerCall } from '#server/xero/records/resources.ts';
import { toNameKey } from '#shared/contact-names.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { SyncKind, XeroElement } from '../../kinds/kind.ts';
import { isMarked } from '../look/record-mark.ts';

/** What a write of a record remembers beside its bytes. */
const detailsSchema = z.object({
  /** By Xero's clock, before it was first sent. */
  since: z.string(),
  /** The app that sends it. Another one does not find it among its own documents. */
  clientId: z.string(),
  /** The values that an earlier sending can be found by, in the order of the kind's searches. */
  keys: z.array(z.object({ by: z.enum(['name', 'number', 'code', 'contact_number']), value: z.string() })),
  within: z.string().optional(),
  /** The text that it carries in Xero. */
  mark: z.string().optional(),
  title: z.string(),
});
export type WriteDetails = z.infer<typeof detailsSchema>;

export function parseWriteDetails({ details }: Pick<WriteRow, 'details'>): WriteDetails {
  return detailsSchema.parse(JSON.parse(details));
}

const twinSchema = z.object({
  resource: z.enum([
    'contact',
    'item',
    'invoice',
    'purchase_order',
    'credit_note',
    'payment',
    'account',
    'tax_rate',
    'tracking_option',
  ]),
  id: z.string(),
  number: z.string().nullable(),
  name: z.string().nullable(),
  status: z.string().nullable(),
  updatedAt: z.string().nullable(),
  row: z.record(z.string(), z.unknown()),
});

/** Xero's clock and ours may differ. */
const slackMs = 60_000;

/** How new records of a kind are sent together, and found again when no answer arrived. */
export function buildRecordHandler({ deps, caller }: Acting, kind: SyncKind<PutKind>): ManyHandler<XeroTwin> {
  const { resource, mark } = kind;
  return {
    action: 'sync_create',
    about: (write) => ({ recordName: parseWriteDetails(write).title }),
    perCall: recordsPerCall[resource],
    send: (writes, { caller: sender, idempotencyKey }) => {
      const [first] = writes;
      const within = first && parseWriteDetails(first).within;
      const elements = writes.map(({ request }) => request);
      return deps.xero.createRecords(sender, { resource, elements, idempotencyKey, ...(within && { within }) });
    },
    find: async (writes) => (mark ? findByMark(writes, mark) : findByKeys(writes)),
    toEnd: (write, twin) => ({
      // The row itself is read again when it is needed.
      result: JSON.stringify({ ...twin, row: {} }),
      documentId: twin.id,
      about: { recordName: parseWriteDetails(write).title, document: { kind: null, id: twin.id, number: twin.number } },
    }),
    parse: (result) => twinSchema.parse(JSON.parse(result)),
  };

  async function findByMark(writes: readonly WriteRow[], { by, toMark }: NonNullable<typeof mark>) {
    const markOf = (write: WriteRow): string => parseWriteDetails(write).mark ?? toMark(write.id);
    const marks = writes.map(markOf);
    const since = writes.map((write) => parseWriteDetails(write).since).toSorted()[0] ?? '';
    const asked = {
      ...{ resource, by, values: marks, since: new Date(Date.parse(since) - slackMs).toISOString() },
      isByThisApp: writes.every((write) => parseWriteDetails(write).clientId === deps.config.xero.clientId),
    };
    const { twins, isWhole } = await deps.xero.findRecords(caller, asked);
    return toFound(writes, isWhole, (write) => twins.filter((twin) => isMarked(by, twin, markOf(write))));
  }

  /** Its own number or name is unique in Xero, and nobody else used it when the write was prepared. */
  async function findByKeys(writes: readonly WriteRow[]) {
    const found = new Map<string, XeroTwin[]>();
    let isWhole = true;
    for (const by of ['contact_number', 'number', 'code', 'name'] as const) {
      const named = writes.map((write) => ({
        write,
        value: parseWriteDetails(write).keys.find((key) => key.by === by)?.value,
      }));
      const values = named.flatMap(({ value }) => value ?? []);
      if (values.length === 0) continue;
      const read = await deps.xero.findRecords(caller, { resource, by, values });
      isWhole &&= read.isWhole;
      for (const { write, value } of named) {
        if (value === undefined || (found.get(write.id)?.length ?? 0) > 0) continue;
        const sent = { element: readElement(write), within: parseWriteDetails(write).within };
        const isIt = (twin: XeroTwin): boolean =>
          toNameKey((by === 'name' ? twin.name : twin.number) ?? '') === toNameKey(value) &&
          (kind.canBe?.(twin, sent) ?? true);
        found.set(write.id, read.twins.filter(isIt));
      }
    }
    return toFound(writes, isWhole, (write) => found.get(write.id) ?? []);
  }
}

/** The element as it was stored, with numbers as text. */
function readElement({ request }: WriteRow): XeroElement {
  return parseExactJson(request) as XeroElement;
}

function toFound(
  writes: readonly WriteRow[],
  isWhole: boolean,
  find: (write: WriteRow) => XeroTwin[],
): ReadonlyMap<string, Found<XeroTwin>> {
  return new Map(writes.map((write) => [write.id, { made: find(write), isWhole, isCertain: true }]));
}
