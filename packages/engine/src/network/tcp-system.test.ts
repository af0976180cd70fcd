import { describe, expect, it } from 'vitest';
import { readTcpSystem } from './tcp-system.ts';

describe('readTcpSystem', () => {
  it.each([
    ['Windows NT kernel', 'Windows'],
    ['Windows 7 or 8', 'Windows'],
    ['Mac OS X', 'Apple'],
    ['iOS iPhone or iPad', 'Apple'],
    ['Linux 3.11 and newer', 'Linux'],
    ['Linux 2.2.x-3.x (Android)', 'Linux'],
    ['android', 'Linux'],
    ['linux', 'Linux'],
    ['FreeBSD 9.x or newer', undefined],
    ['Linux or Windows', undefined],
    ['Cisco IOS', undefined],
    ['kiosk', undefined],
    ['???', undefined],
    ['', undefined],
    ['Linux'.padEnd(200, ' x'), undefined],
  ])('reads %j as %s', (text, system) => {
    expect(readTcpSystem(text)).toBe(system);
  });
});
