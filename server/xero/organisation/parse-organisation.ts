import { z } from 'zod';
import { currencySchema, optionalDateSchema, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { toLogWord } from '#server/xero/answers/log-word.ts';
import { readAnswer } from '#server/xero/answers/read-answer.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { XeroLog } from '#server/xero/calling/xero-config.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import { termsSchema } from './parse-choices.ts';
import { findTimeZone } from './time-zones.ts';

const organisationsSchema = z.object({
  Organisations: z.tuple([
    z.object({
      Name: z.string(),
      BaseCurrency: currencySchema,
      ShortCode: optionalTextSchema,
      CountryCode: optionalTextSchema,
      Timezone: optionalTextSchema,
      PeriodLockDate: optionalDateSchema,
      EndOfYearLockDate: optionalDateSchema,
      PaymentTerms: termsSchema,
    }),
  ]),
});

/**
 * `id` is the tenant id of the request, so that an organisation has the same id everywhere. An unknown time zone counts
 * as UTC, which is at most a day off, and is logged.
 */
export function parseOrganisation(answer: XeroAnswer, id: string, log: XeroLog): XeroOrganisation {
  const [row] = readAnswer(answer, organisationsSchema).Organisations;
  const timeZone = findTimeZone(row.Timezone ?? '');
  if (!timeZone) log.warn({ timeZone: toLogWord(row.Timezone) }, 'Xero returned an unknown time zone; using UTC');
  return {
    id,
    name: row.Name,
    baseCurrency: row.BaseCurrency,
    shortCode: row.ShortCode,
    countryCode: row.CountryCode,
    timeZone: timeZone ?? 'UTC',
    periodLockDate: row.PeriodLockDate,
    endOfYearLockDate: row.EndOfYearLockDate,
    paymentTerms: row.PaymentTerms,
  };
}
