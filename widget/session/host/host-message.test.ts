import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameMessageSchema, helloSchema, hostMessageSchema } from '#shared/embed-messages.ts';
import { isHello, parseHostMessage, toFrameMessage } from './host-message.ts';

const ours = { ns: 'ledgerside', v: 1 };
const record = { recordType: 'contact', recordId: '1001' };
const context = { ...ours, type: 'context', ...record, view: 'detail', theme: 'dark', locale: 'en' };
const token = { ...ours, type: 'token', id: 1, token: 'a.b.c' };

describe('parseHostMessage', () => {
  test.each([
    context,
    { ...context, recordType: 'settings', recordId: '', view: 'settings', theme: 'light' },
    { ...context, view: 'quick', theme: '', locale: '' },
    token,
    { ...token, token: null },
  ])('when a message fits the contract (%j), then it is accepted unchanged', (message) => {
    expect(parseHostMessage(message)).toEqual(message);
  });

  test('when a member is changed or absent, then it is accepted if the contract accepts it', () => {
    const member = fc.constantFrom('ns', 'v', 'type', 'id', ...Object.keys(context), 'token');
    const value = fc.oneof(
      fc.constantFrom('ledgerside', 1, 'context', 'token', 'hello', 'deal', 'quick', 'light', null, undefined),
      fc.anything(),
    );
    fc.assert(
      fc.property(fc.constantFrom(context, token), member, value, (message, name, other) => {
        const changed = { ...message, [name]: other };
        expect(parseHostMessage(changed) !== null).toBe(hostMessageSchema.safeParse(changed).success);
      }),
      { numRuns: 2000 },
    );
  });

  test('when it is not a message, then it is dropped', () => {
    fc.assert(
      fc.property(fc.anything(), (data) => {
        expect(parseHostMessage(data)).toBeNull();
      }),
    );
  });
});

test('when a value is checked as a hello, then the contract agrees', () => {
  fc.assert(
    fc.property(fc.constantFrom('ns', 'v', 'type', 'more'), fc.anything(), (name, value) => {
      const changed = { ...ours, type: 'hello', [name]: value };
      expect(isHello(changed)).toBe(helloSchema.safeParse(changed).success);
    }),
  );
});

test('when the frame sends a message, then the page accepts it', () => {
  const message = toFrameMessage({ type: 'get-token', id: 1, ...record });
  expect(frameMessageSchema.parse(message)).toEqual(message);
});
