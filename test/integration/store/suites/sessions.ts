import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { StoreContext } from './backends.ts';
import { at, newSession } from './rows.ts';

export function sessionsSuite({ store }: StoreContext): void {
  describe('sessions', () => {
    test('when one is created, then it is found by its hash to the letter', async () => {
      const session = newSession();
      await store().sessions.create(session);
      expect(await store().sessions.find(session.tokenHash)).toEqual(session);
      expect(await store().sessions.find(randomUUID())).toBeUndefined();
    });

    test('a hash used twice is refused as our own bug', async () => {
      const session = newSession();
      await store().sessions.create(session);
      await expect(store().sessions.create({ ...session, userId: 'u-2' })).rejects.not.toHaveProperty(
        'name',
        'AppError',
      );
      expect(await store().sessions.find(session.tokenHash)).toEqual(session);
    });

    test('removing ended rows keeps later ones, and consents longer', async () => {
      const [old, running] = [newSession({ expiresAt: at(-1) }), newSession({ expiresAt: at(1) })];
      await store().sessions.create(old);
      await store().sessions.create(running);
      const [oldKey, runningKey] = [randomUUID(), randomUUID()];
      await store().oneTime.spend('jti', oldKey, at(-1));
      await store().oneTime.spend('jti', runningKey, at(1));
      await store().oneTime.put('state', oldKey, 'late', at(-1));
      await store().oneTime.put('ticket', oldKey, 'late', at(-3));

      await store().removeExpired({ used: at(0), asked: at(-2) });

      expect(await store().sessions.find(old.tokenHash)).toBeUndefined();
      expect(await store().sessions.find(running.tokenHash)).toEqual(running);
      expect(await store().oneTime.spend('jti', oldKey, at(1))).toBe(true);
      expect(await store().oneTime.spend('jti', runningKey, at(1))).toBe(false);
      expect(await store().oneTime.find('state', oldKey)).toMatchObject({ data: 'late' });
      expect(await store().oneTime.find('ticket', oldKey)).toBeUndefined();
    });
  });
}
