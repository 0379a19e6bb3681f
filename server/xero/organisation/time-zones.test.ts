import { describe, expect, test } from 'vitest';
import { findTimeZone, xeroTimeZones } from './time-zones.ts';

describe('time zones', () => {
  test.each([
    ['AUSEASTERNSTANDARDTIME', 'Australia/Sydney'],
    ['NEWZEALANDSTANDARDTIME', 'Pacific/Auckland'],
    ['CENTRALSTANDARDTIME(MEXICO)', 'America/Mexico_City'],
    // IANA's Etc zones use the sign of POSIX: Etc/GMT+2 is west of Greenwich, like UTC-02.
    ['UTC02', 'Etc/GMT+2'],
    ['UTC+13', 'Etc/GMT-13'],
  ])('when Xero says %s, then it is %s', (xeroName, zone) => {
    expect(findTimeZone(xeroName)).toBe(zone);
  });

  test('when any known name is given, then this runtime knows its zone', () => {
    const toOwnName = (name: string) => new Intl.DateTimeFormat('en', { timeZone: findTimeZone(name) });
    expect(xeroTimeZones).toHaveLength(141);
    for (const name of xeroTimeZones) expect(() => toOwnName(name), name).not.toThrow();
  });

  test('when the name is unknown or one of Object, then there is none', () => {
    expect([findTimeZone('MOONSTANDARDTIME'), findTimeZone('constructor')]).toEqual([undefined, undefined]);
  });
});
