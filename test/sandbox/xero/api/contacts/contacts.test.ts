import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiHeaders, openSession, type Session } from '../../testing/session.ts';

let session: Session;
let token: string;
let tenantId: string;
let contacts: Record<string, string>;

beforeAll(async () => {
  session = await openSession();
});
afterAll(() => session.xero.close());
beforeEach(async () => {
  await session.control.reset();
  ({ access_token: token } = await session.connect());
  const demo = (await session.control.seedInfo()).organisations[0];
  ({ tenantId, contacts } = demo ?? { tenantId: '', contacts: {} });
});

type Contact = Record<string, unknown> & { ContactID: string; Name: string };

async function list(query: string): Promise<Contact[]> {
  const answer = await session.get(`/Contacts${query}`, { token, tenantId });
  return ((await answer.json()) as { Contacts: Contact[] }).Contacts;
}
async function names(query: string) {
  return (await list(query)).map(({ Name }) => Name).sort();
}

async function write(method: 'PUT' | 'POST', body: unknown, headers: Record<string, string> = {}, query = '') {
  const answer = await fetch(`${session.xero.origin}/api.xro/2.0/Contacts${query}`, {
    method,
    headers: { ...apiHeaders(token, tenantId), 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { Contacts: Contact[]; [name: string]: unknown } };
}

function messagesOf({ body }: { body: unknown }): string[] {
  const { Elements } = body as { Elements: { ValidationErrors: { Message: string }[] }[] };
  return Elements.flatMap((element) => element.ValidationErrors.map(({ Message }) => Message));
}

describe('reading contacts', () => {
  test('searchTerm finds name, persons, number and e-mail in any case', async () => {
    expect(await names('?searchTerm=HARBOUR')).toEqual(['H. Lights (old)', 'Harbour Lights Pty Ltd']);
    expect(await names('?searchTerm=imogen')).toEqual(['Harbour Lights Pty Ltd']);
    expect(await names(`?searchTerm=${encodeURIComponent('"værft')}`)).toEqual(['Ørsted & Søn "Værft" A/S']);
    expect(await names(`?searchTerm=${encodeURIComponent('100% Café +')}`)).toEqual([
      "O'Brien's 100% Café + Grill; (St. Kilda) #2",
    ]);
    expect(await names('?searchTerm=5550')).toEqual([]);
  });

  test('where finds a contact by name, e-mail and account number', async () => {
    const where = (source: string) => `?where=${encodeURIComponent(source)}`;
    expect(await names(where('EmailAddress=="post@nordlys.example"'))).toEqual(['Nordlys Trading AS']);
    expect(await names(where('AccountNumber=="HL-001" OR Name=="Marisol Vega"'))).toEqual([
      'Harbour Lights Pty Ltd',
      'Marisol Vega',
    ]);
    expect(await names(where('Name=="Ørsted & Søn ""Værft"" A/S"'))).toHaveLength(1);
  });

  test('archived contacts are only listed on request, but found by id', async () => {
    const id = contacts['Wattle & Daub (closed)'] ?? '';
    expect(await names('?searchTerm=wattle')).toEqual([]);
    expect(await names('?searchTerm=wattle&includeArchived=true')).toHaveLength(1);
    expect(await list(`/${id}`)).toMatchObject([{ ContactStatus: 'ARCHIVED' }]);
  });

  test('when a contact was merged, then reading it by id names the other', async () => {
    const [merged] = await list(`/${contacts['Southerly Signs (duplicate)']}`);
    expect(merged?.MergedToContactID).toBe(contacts['Southerly Signs']);
  });

  test('a summary leaves out addresses, phones and balances', async () => {
    const [contact] = await list('?searchTerm=imogen&summaryOnly=true&page=1');
    expect(Object.keys(contact ?? {})).not.toEqual(expect.arrayContaining(['Addresses']));
    expect(contact?.Balances).toBeUndefined();
    const [full] = await list('?searchTerm=imogen&page=1');
    expect(full?.Balances).toMatchObject({ AccountsReceivable: { Outstanding: 12_360, Overdue: 4200 } });
  });
});

describe('writing contacts', () => {
  test('when a new contact is put, then it is kept with an id of its own', async () => {
    const { status, body } = await write('PUT', {
      Contacts: [{ Name: '  Ada   Byron ', EmailAddress: 'ada@byron.example' }],
    });
    expect(status).toBe(200);
    expect(body.Contacts).toMatchObject([{ Name: 'Ada Byron', ContactStatus: 'ACTIVE', HasValidationErrors: false }]);
    expect(await names('?searchTerm=ada@byron')).toEqual(['Ada Byron']);
  });

  test.each([
    [
      'a name that is taken',
      { Name: 'marisol vega' },
      'The contact name marisol vega is already assigned to another contact. The contact name must be unique across all active contacts.',
    ],
    ['no name', { FirstName: 'X' }, 'The contact name must be specified.'],
    ['a bracket in the name', { Name: 'a <b>' }, 'The contact name must not contain the characters < or >.'],
    ['a bad e-mail', { Name: 'New', EmailAddress: 'nobody' }, 'Email address must be valid.'],
    [
      'a long account number',
      { Name: 'New', AccountNumber: 'x'.repeat(51) },
      'The field AccountNumber must be a string with a maximum length of 50.',
    ],
  ])('with %s, a ValidationException says why and nothing is kept', async (_what, contact, message) => {
    const refused = await write('PUT', { Contacts: [{ Name: 'Good one' }, contact] });
    expect(refused.status).toBe(400);
    expect(refused.body).toMatchObject({ ErrorNumber: 10, Type: 'ValidationException' });
    expect(messagesOf(refused)).toEqual([message]);
    expect(await names('?searchTerm=Good one')).toEqual([]);
  });

  test('when the same name comes twice in one call, then the second is refused', async () => {
    expect(messagesOf(await write('PUT', { Contacts: [{ Name: 'Twin' }, { Name: 'Twin' }] }))).toHaveLength(1);
  });

  test('summarizeErrors=false gives each element its own outcome', async () => {
    const { status, body } = await write('PUT', { Contacts: [{ Name: 'Fine' }, {}] }, {}, '?summarizeErrors=false');
    expect(status).toBe(200);
    expect(body.Contacts).toMatchObject([
      { StatusAttributeString: 'OK', Name: 'Fine' },
      { StatusAttributeString: 'ERROR', HasValidationErrors: true, ValidationErrors: [{}] },
    ]);
  });

  test('when the name of an archived contact is used, then it is free', async () => {
    expect((await write('PUT', { Name: 'Wattle & Daub (closed)' })).status).toBe(200);
  });

  test('POST with a used contact number updates, PUT is refused', async () => {
    await write('PUT', { Name: 'First', ContactNumber: 'crm-1' });
    expect((await write('PUT', { Name: 'Second', ContactNumber: 'crm-1' })).status).toBe(400);
    const { body } = await write('POST', { Contacts: [{ ContactNumber: 'crm-1', Name: 'First, renamed' }] });
    expect(body.Contacts[0]?.Name).toBe('First, renamed');
    expect(await names('?searchTerm=crm-1')).toEqual(['First, renamed']);
  });

  test('when the body is not JSON, then it is a PostDataInvalidException', async () => {
    expect((await write('PUT', '{')).body).toMatchObject({ Type: 'PostDataInvalidException' });
  });
});

describe('Idempotency-Key', () => {
  const key = { 'idempotency-key': 'k1' };

  test('the same request gets the same answer for six minutes', async () => {
    const first = await write('PUT', { Name: 'Once' }, key);
    expect(await write('PUT', { Name: 'Once' }, key)).toEqual(first);
    await session.control.clock({ advanceSeconds: 361 });
    expect((await write('PUT', { Name: 'Once' }, key)).status).toBe(400);
  });

  test('another body under the key is a 400 that says so', async () => {
    await write('PUT', { Name: 'Once' }, key);
    const other = await write('PUT', { Name: 'Other' }, key);
    expect([other.status, other.body.Message]).toEqual([400, 'Idempotency Key: k1 is used with a different request.']);
  });

  test('the refusal of a first request is remembered too', async () => {
    await write('PUT', { Name: 'Marisol Vega' }, key);
    const ContactID = contacts['Marisol Vega'] ?? '';
    await session.control.updateContact({ tenantId, ContactID, ContactStatus: 'ARCHIVED' });
    expect((await write('PUT', { Name: 'Marisol Vega' }, key)).status).toBe(400);
    expect((await write('PUT', { Name: 'Marisol Vega' })).status).toBe(200);
  });

  test('a used-up limit is reported first', async () => {
    await write('PUT', { Name: 'Once' }, key);
    await session.control.limits({ minute: 0 });
    const answer = await fetch(`${session.xero.origin}/api.xro/2.0/Contacts`, {
      method: 'PUT',
      headers: { ...apiHeaders(token, tenantId), 'content-type': 'application/json', ...key },
      body: JSON.stringify({ Name: 'Once' }),
    });
    expect(answer.status).toBe(429);
  });
});
