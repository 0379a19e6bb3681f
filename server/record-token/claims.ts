import { z } from 'zod';
import { addressSchema } from '#shared/contract/record.ts';
import { crmUserSchema } from '#shared/contract/settings.ts';
import { textSchema } from '#shared/contract/text.ts';

/** Claims of the record token, as design.md (Embedding) fixes them; what is not named here is dropped. */
const idSchema = textSchema(200).min(1);
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
  user: z.object({ name: nameSchema, email: emailSchema.default(''), admin: z.boolean().default(false) }),
};

const recordFields = {
  id: idSchema,
  /** As a browser reads it: no tab, newline or backslash of it reaches a header or Xero. */
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .transform((url) => new URL(url).href),
  name: nameSchema,
  firstName: nameSchema.optional(),
  lastName: nameSchema.optional(),
  email: emailSchema.optional(),
  phone: z.string().max(100).optional(),
  address: addressSchema.optional(),
};

const companySchema = z.object({ id: idSchema, name: nameSchema, email: emailSchema.optional() });
const associatedSchema = z.object({
  id: idSchema,
  name: nameSchema,
  email: emailSchema.optional(),
  role: z.string().max(50).optional(),
});
const contactsSchema = z.array(associatedSchema).max(1000).default([]);

const dealSchema = z.object({
  value: numberTextSchema,
  currency: z.string().regex(/^[A-Z]{3}$/),
  valueIncludesTax: z.boolean().default(false),
  lines: z
    .array(
      z.object({
        description: z.string().max(4000),
        quantity: numberTextSchema,
        unitAmount: numberTextSchema,
        itemCode: z.string().max(30).optional(),
      }),
    )
    .max(500)
    .optional(),
});

const ofType = <const T extends string>(type: T) => z.object({ type: z.literal(type), ...recordFields });

const contactClaimsSchema = z.object({ ...common, record: ofType('contact'), company: companySchema.optional() });
const companyClaimsSchema = z.object({ ...common, record: ofType('company'), contacts: contactsSchema });
const dealClaimsSchema = z.object({
  ...common,
  record: ofType('deal'),
  company: companySchema.optional(),
  contacts: contactsSchema,
  deal: dealSchema,
});
const settingsClaimsSchema = z.object({
  ...common,
  record: z.object({ type: z.literal('settings'), url: recordFields.url }),
  users: z
    .array(crmUserSchema.extend({ email: emailSchema.default('') }))
    .max(2000)
    .default([]),
});

export type ContactClaims = z.output<typeof contactClaimsSchema>;
export type CompanyClaims = z.output<typeof companyClaimsSchema>;
export type DealClaims = z.output<typeof dealClaimsSchema>;
export type SettingsClaims = z.output<typeof settingsClaimsSchema>;
export type Claims = ContactClaims | CompanyClaims | DealClaims | SettingsClaims;

const typeSchema = z.object({ record: z.object({ type: z.enum(['contact', 'company', 'deal', 'settings']) }) });

const schemas = {
  contact: contactClaimsSchema,
  company: companyClaimsSchema,
  deal: dealClaimsSchema,
  settings: settingsClaimsSchema,
} as const;

/** By the record's type, so that a fault is named where it is and not as "no member of the union fits". */
export function parseClaims(
  payload: unknown,
): { success: true; data: Claims } | { success: false; error: { issues: readonly z.core.$ZodIssue[] } } {
  const type = typeSchema.safeParse(payload);
  if (!type.success) return type;
  return schemas[type.data.record.type].safeParse(payload);
}
