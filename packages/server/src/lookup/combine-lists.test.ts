import { describe, expect, it } from 'vitest';
import { combineLists } from './combine-lists.ts';

const HOUR = 3_600_000;
const time = Date.UTC(2026, 10, 20);
const of = (name: string, hours: number) => ({ name, builtAt: time - hours * HOUR });
const finding = (name: string, hours: number, listed: boolean) => ({ source: of(name, hours), listed });

describe('combineLists', () => {
  it('leaves fetched lists as they are where no file answers', () => {
    const fetched = { tor: finding('list', 1, true) };
    expect(combineLists(fetched, {}, time)).toBe(fetched);
    expect(combineLists(undefined, {}, time)).toBeUndefined();
  });

  it('believes whichever lists the address, the newest of them', () => {
    const file = finding('file', 3, true);
    expect(combineLists({ tor: finding('list', 1, false) }, { tor: [file] }, time)?.tor).toBe(file);
    const list = finding('list', 1, true);
    expect(combineLists({ tor: list }, { tor: [file] }, time)?.tor).toBe(list);
  });

  it('does not let a file that is too old stand against a fresh list', () => {
    const list = finding('list', 1, false);
    expect(combineLists({ tor: list }, { tor: [finding('file', 30, true)] }, time)?.tor).toBe(list);
  });

  it('hands on the newest where all are too old', () => {
    const file = finding('file', 30, true);
    expect(combineLists({ tor: finding('list', 40, false) }, { tor: [file] }, time)?.tor).toBe(file);
  });

  it('believes what holds for years, however old it is', () => {
    const lasting = { ...finding('table', 24 * 400, true), lasting: true as const };
    const file = finding('file', 3, false);
    expect(combineLists({ publicVpn: lasting }, { publicVpn: [file] }, time)?.publicVpn).toBe(lasting);
  });

  it('clears by a file alone where no list is there', () => {
    const file = finding('file', 3, false);
    expect(combineLists(undefined, { tor: [file] }, time)).toEqual({ tor: file });
  });

  it('takes what is a relay’s for no VPN’s', () => {
    const relay = finding('list', 1, true);
    const file = finding('file', 1, true);
    expect(combineLists({ relay }, { publicVpn: [file] }, time)).toEqual({
      relay,
      publicVpn: { source: file.source, listed: false },
    });
    const old = finding('list', 24 * 30, true);
    expect(combineLists({ relay: old }, { publicVpn: [file] }, time)?.publicVpn).toBe(file);
  });
});
