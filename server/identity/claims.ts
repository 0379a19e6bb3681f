import { z } from 'zod';
import { addressSchema, recordTypeSchema } from '#shared/contract/record.ts';
import { shownTypeSchema } from '#shared/contract/sync/kinds.ts';
import { crmIdSchema } from '#shared/contract/sync/values.ts';
import { textSchema } from '#shared/contract/text.ts';
import { claimList, claimObject, defaultClaimObject, optionalClaimObject, textOrInteger } from './claim-shapes.ts';
import { claimKinds, claimWords } from './words.ts';

/**
 * Claims of the record token; README's table of claims is the same list. Claims that are not listed here are dropped.
 */
const idSchema = textOrInteger(textSchema(200).min(1));
const nameSchema = textSchema(500);
const emailSchema = textSchema(500);
const numberTextSchema = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, 'a decimal number'));

const common = {
  sub: idSchema,
  jti: textSchema(200).min(1),
  iat: z.number().int(),
  exp: z.number().int(),
  user: claimObject({ name: nameSchema, email: emailSchema.default(''), admin: z.boolean().default(false) }),
};

const recordFields = {
  id: idSchema,
  /** Normalised as a browser does, so that no tab, newline or backslash reaches a header or Xero. */
  url: z
    .url({ protocol: /^https?$/, error: claimKinds.webAddress })
    .max(2000)
    .transform((url) => new URL(url).href),
  name: nameSchema,
  firstName: nameSchema.optional(),
  lastName: nameSchema.optional(),
  email: emailSchema.optional(),
  phone: textOrInteger(z.string().max(100)).optional(),
  address: optionalClaimObject({
    ...addressSchema.shape,
    postalCode: textOrInteger(addressSchema.shape.postalCode).optional(),
  }),
};

const companySchema = optionalClaimObject({ id: idSchema, name: nameSchema, email: emailSchema.optional() });
const associatedSchema = claimObject({
  id: idSchema,
  name: nameSchema,
  email: emailSchema.optional(),
  role: z.string().max(50).optional(),
});
const contactsSchema = claimList(associatedSchema, 1000).default([]);

/** Many deals have no value yet, and some CRMs then send no currency. An amount without a currency is refused. */
const dealFields = {
  value: numberTextSchema.optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, claimKinds.currency)
    .optional(),
  valueIncludesTax: z.boolean().default(false),
  lines: claimList(
    claimObject({
      description: z.string().max(4000),
      quantity: numberTextSchema,
      unitAmount: numberTextSchema,
      itemCode: textOrInteger(z.string().max(30)).optional(),
    }),
    500,
  ).optional(),
};
const dealSchema = defaultClaimObject(dealFields, ({ value, currency, lines = [] }, context) => {
  if (currency === undefined && (value !== undefined || lines.length > 0))
    context.addIssue({ code: 'custom', path: ['currency'], message: claimWords.missing });
});

function ofType<const T extends string>(type: T) {
  return claimObject({ type: z.literal(type), ...recordFields });
}

const contactClaimsSchema = claimObject({ ...common, record: ofType('contact'), company: companySchema });
const companyClaimsSchema = claimObject({ ...common, record: ofType('company'), contacts: contactsSchema });
const dealClaimsSchema = claimObject({
  ...common,
  record: ofType('deal'),
  company: companySchema,
  contacts: contactsSchema,
  deal: dealSchema,
});
const settingsClaimsSchema = claimObject({
  ...common,
  record: claimObject({ type: z.literal('settings'), url: recordFields.url }),
  users: claimList(
    claimObject({ id: textOrInteger(z.string()), name: z.string(), email: emailSchema.default('') }),
    2000,
  ).default([]),
});

/** The overview of sync, for admins. */
const syncClaimsSchema = claimObject({
  ...common,
  record: claimObject({ type: z.literal('sync'), url: recordFields.url }),
});
/** A record that travels to Xero. The CRM's backend sends its data, so that the token need only name it. */
const travellingClaimsSchema = claimObject({
  ...common,
  record: claimObject({
    type: shownTypeSchema,
    id: textOrInteger(crmIdSchema),
    url: recordFields.url.optional(),
    name: nameSchema.optional(),
  }),
});

export type ContactClaims = z.output<typeof contactClaimsSchema>;
export type CompanyClaims = z.output<typeof companyClaimsSchema>;
export type DealClaims = z.output<typeof dealClaimsSchema>;
export type SettingsClaims = z.output<typeof settingsClaimsSchema>;
type SyncClaims = z.output<typeof syncClaimsSchema>;
type TravellingClaims = z.output<typeof travellingClaimsSchema>;
/** Claims about a record that Xero's figures are shown beside. */
type ShownClaims = ContactClaims | CompanyClaims | DealClaims;
export type Claims = ShownClaims | SettingsClaims | SyncClaims | TravellingClaims;

const travelling = travellingClaimsSchema;
const schemas = {
  contact: contactClaimsSchema,
  company: companyClaimsSchema,
  deal: dealClaimsSchema,
  settings: settingsClaimsSchema,
  ...{ expense: travelling, invoice: travelling, payment: travelling, 'purchase-order': travelling },
  ...{ 'supplier-credit': travelling, item: travelling, customer: travelling, supplier: travelling },
  sync: syncClaimsSchema,
} as const satisfies Record<Claims['record']['type'], z.ZodType<Claims>>;

const typeSchema = z.object({
  record: z.object({
    type: z.enum([...recordTypeSchema.options, 'settings', ...shownTypeSchema.options, 'sync']),
  }),
});

/**
 * Uses the schema of the record's type, so that a fault names its own path instead of "no member of the union fits".
 */
export function parseClaims(
  payload: unknown,
): { success: true; data: Claims } | { success: false; error: { issues: readonly z.core.$ZodIssue[] } } {
  const type = typeSchema.safeParse(payload);
  if (!type.success) return type;
  return schemas[type.data.record.type].safeParse(payload);
}

/** A contact, company or deal. The other sessions show no figures. */
export function isOfShownRecord(claims: Claims): claims is ShownClaims {
  return recordTypeSchema.safeParse(claims.record.type).success;
}

/** A record that travels to Xero. */
export function isOfTravellingRecord(claims: Claims): claims is TravellingClaims {
  return shownTypeSchema.safeParse(claims.record.type).success;
}
