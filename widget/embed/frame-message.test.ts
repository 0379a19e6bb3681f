import { describe, expect, test } from 'vitest';
import { frameMessageSchema, hostMessageSchema, messageNamespace, messageVersion } from '#shared/embed-messages.ts';
import { parseFrameMessage, toHostMessage } from './frame-message.ts';

const ours = { ns: messageNamespace, v: messageVersion };

describe('parseFrameMessage', () => {
  test('when a message fits the contract, then it is accepted', () => {
    const messages = [
      { ...ours, type: 'get-token', id: 1, recordType: 'contact', recordId: '1001' },
      { ...ours, type: 'height', height: 420 },
      { ...ours, type: 'navigate', path: '/connect?ticket=t' },
      { ...ours, type: 'event', name: 'ready', detail: {} },
    ];
    for (const message of messages) {
      expect(frameMessageSchema.safeParse(message).success).toBe(true);
      expect(parseFrameMessage(message)).toEqual(message);
    }
  });

  test.each([
    null,
    'hello',
    {},
    { ...ours, ns: 'other', type: 'height', height: 1 },
    { ...ours, v: 2, type: 'height', height: 1 },
    { ...ours, type: 'unheard-of' },
    { ...ours, type: 'height', height: 'tall' },
    { ...ours, type: 'height', height: -1 },
    { ...ours, type: 'height', height: 1e9 },
    { ...ours, type: 'navigate', path: 'https://elsewhere.example/connect?' },
    { ...ours, type: 'navigate', path: '//elsewhere.example/connect?' },
    { ...ours, type: 'navigate', path: '/frame/w' },
    { ...ours, type: 'navigate', path: ['/connect?'], extra: 1, v: 3 },
    { ...ours, type: 'event', name: 'anything', detail: {} },
  ])('when a message does not fit (%j), then it is dropped', (message) => {
    expect(parseFrameMessage(message)).toBeNull();
  });
});

describe('toHostMessage', () => {
  test('when a context is made, then the frame accepts it', () => {
    const context = toHostMessage({
      type: 'context',
      recordType: 'contact',
      recordId: '1001',
      view: 'detail',
      theme: 'dark',
      locale: 'en-AU',
    });
    expect(hostMessageSchema.safeParse(context).success).toBe(true);
  });
});
