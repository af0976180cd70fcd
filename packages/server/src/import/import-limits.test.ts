import type { Json, JsonObject } from '@whorl/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WORKSPACE } from '../storage/testing/sample-event.ts';
import { v3EventView } from '../views/v3/event-view.ts';
import { v4EventView } from '../views/v4/event-view.ts';
import { type Change, changed, everything, exported, useImport } from './testing/use-import.ts';

const { importText, stored, store } = useImport();

describe('limits of an import', () => {
  const attribute = (value: Json) => ({ rawDeviceAttributes: { data: { fonts: { value } } } });
  const seen = (time: string | null): Json => ({ subscription: time, global: time });
  const nested = (depth: number): Json => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as Json;

  it.each<[string, Change, RegExp]>([
    [
      'a time that no calendar has',
      (data) => Object.assign(data, { firstSeenAt: { subscription: 1e16 } }),
      /not a time/,
    ],
    ['a tag of 3 MB', (data) => Object.assign(data, { tag: { text: 'x'.repeat(3e6) } }), /tag has more than/],
    [
      'a tag that nests',
      (data) => Object.assign(data, { tag: JSON.parse(`${'{"a":'.repeat(99)}1${'}'.repeat(99)}`) }),
      /too deep/,
    ],
    ['a linked id that no search finds', (data) => Object.assign(data, { linkedId: 'x'.repeat(257) }), /linked id/],
    ['a page of no length', (data) => Object.assign(data, { url: 'x'.repeat(5_000) }), /url/],
    ['what is no address', (data) => Object.assign(data, { ip: 'somewhere' }), /not an address/],
    [
      'a visit that is still to come',
      (data) => Object.assign(data, { requestId: '9999999999999.aaaaaa' }),
      /not come yet/,
    ],
    ['an id of 1970', (data) => Object.assign(data, { requestId: '0000000000000.AAAAAA' }), /no such ids/],
    [
      'a user agent of 5 MB',
      (data) => Object.assign(data, { browserDetails: { userAgent: 'x'.repeat(5e6) } }),
      /userAgent has more than 4096/,
    ],
    [
      'a referrer of 5 kB',
      (data) => Object.assign(data, { clientReferrer: 'x'.repeat(5e3) }),
      /clientReferrer has more/,
    ],
    ['attributes of 10 MB', (_, all) => Object.assign(all, attribute('x'.repeat(1e7))), /more than 128 KB/],
    ['attributes that nest', (_, all) => Object.assign(all, attribute(nested(900))), /attributes nest too deep/],
    ['half a character in a linked id', (data) => Object.assign(data, { linkedId: 'a\ud800' }), /not well-formed/],
    [
      'half a character in a tag',
      (data) => Object.assign(data, { tag: { list: [1, { k: '\ud800' }] } }),
      /the tag hold text that is not well-formed/,
    ],
    ['half a character in a name', (data) => Object.assign(data, { tag: { '\udc00': 1 } }), /names of the tag/],
    [
      'half a character in an attribute',
      (_, all) => Object.assign(all, { rawDeviceAttributes: { data: { timezone: { value: '\ud800' } } } }),
      /raw attributes hold text/,
    ],
    ['an address with a zone', (data) => Object.assign(data, { ip: 'fe80::1%eth0' }), /not an address/],
    [
      'a first visit in the year 9999',
      (data) => Object.assign(data, { firstSeenAt: seen('9999-01-01T00:00:00Z'), lastSeenAt: seen(null) }),
      /seen at a time that has not come yet/,
    ],
    [
      'a last visit in an hour',
      (data) => Object.assign(data, { lastSeenAt: seen(new Date(Date.now() + 3_600_000).toISOString()) }),
      /seen at a time that has not come yet/,
    ],
    [
      'a first visit after the last one',
      (data) =>
        Object.assign(data, { firstSeenAt: seen('2024-02-01T00:00:00Z'), lastSeenAt: seen('2024-01-31T23:59:59Z') }),
      /last seen before being seen first/,
    ],
    ['half a character in an address', (data) => Object.assign(data, { url: 'https://a/\udc00' }), /not well-formed/],
  ])('refuses %s', async (_, change, fault) => {
    expect(await importText(changed(change))).toMatchObject({
      imported: 0,
      faulty: 1,
      faults: [expect.stringMatching(fault)],
    });
  });

  it('refuses a number that no double holds, rather than keeping null', async () => {
    const text = changed((data) => Object.assign(data, { tag: { cart: 'LARGE' } })).replace('"LARGE"', '1e999');
    expect(await importText(text)).toMatchObject({
      imported: 0,
      faulty: 1,
      faults: [expect.stringMatching(/the tag hold a number/)],
    });
    const view = v4EventView(exported(), everything);
    const v4 = JSON.stringify({ ...view, tags: { list: ['LARGE'] } }).replace('"LARGE"', '-1e999');
    expect(await importText(v4)).toMatchObject({
      imported: 0,
      faulty: 1,
      faults: [expect.stringMatching(/the tag hold a number/)],
    });
  });

  it('takes a visitor whose first visit is not told as seen first at the last one', async () => {
    const event = exported();
    const v4 = JSON.parse(JSON.stringify(v4EventView(event, everything))) as { identification: JsonObject };
    const last = event.time - 1_000;
    v4.identification = { ...v4.identification, first_seen_at: null, last_seen_at: last };
    expect(await importText(JSON.stringify(v4))).toMatchObject({ imported: 1 });
    expect((await stored(event.id)).identity).toMatchObject({
      firstSeen: { workspace: last },
      lastSeen: { workspace: last },
    });
  });

  it('leaves out what is said of an address with a zone', async () => {
    const v6 = { address: 'fe80::1%eth0', geolocation: {} };
    const taken = await importText(changed((_, all) => Object.assign(all, { ipInfo: { data: { v6 } } })));
    expect(taken).toMatchObject({
      imported: 1,
      notes: [expect.stringMatching(/the text of the address in v6 is not one/)],
    });
  });

  it('keeps a zero byte in a linked id, as a visit may bring it, and finds it', async () => {
    const linkedId = 'a\0b';
    const event = exported({ linkedId });
    expect(await importText(JSON.stringify(v3EventView(event)))).toMatchObject({ imported: 1 });
    expect((await stored(event.id)).linkedId).toBe(linkedId);
    const all = { after: 0, before: Number.MAX_SAFE_INTEGER, order: 'newest-first', from: null, limit: 10 } as const;
    const found = await store().searchEvents({ workspaceId: WORKSPACE, filter: { linkedId }, ...all });
    expect(found.events.map(({ id }) => id)).toEqual([event.id]);
  });

  it('takes nothing that one of the APIs could not show', async () => {
    const attributes = [
      'fonts',
      'canvas',
      'touchSupport',
      'languages',
      'math',
      'webGlBasics',
      'timezoneOffset',
      'plugins',
    ];
    const places = ['incognito', 'tag', 'sdk', 'firstSeenAt', 'lastSeenAt', 'confidence', 'browserDetails', 'suspect'];
    const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...attributes),
        fc.constantFrom(...places),
        anything,
        anything,
        async (name, place, value, other) => {
          const text = changed((data, all) => {
            Object.assign(all.rawDeviceAttributes?.data ?? {}, { [name]: { value } });
            Object.assign(data, { [place]: other });
          });
          const { imported } = await importText(text);
          if (imported === 0) return;
          // Held against the forms of both APIs.
          await stored(
            (JSON.parse(text) as ReturnType<typeof v3EventView>).products.identification?.data?.requestId ?? '',
          );
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});
