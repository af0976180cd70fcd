import { setTimeout } from 'node:timers/promises';
import type { JsonObject } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import type { Store } from '../storage/store.ts';
import { ENVIRONMENT, NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../storage/testing/sample-event.ts';
import { sampleWorkspace } from '../storage/testing/sample-tenancy.ts';
import { v3EventView } from '../views/v3/event-view.ts';
import { v3WebhookView } from '../views/v3/webhook-view.ts';
import { v4EventView } from '../views/v4/event-view.ts';
import { androidV3, browserV4, plainV3 } from './testing/hosted-events.ts';
import { everything, exported, useImport } from './testing/use-import.ts';

const { importText, stored, store } = useImport();

const touch = { value: { maxTouchPoints: 0, touchEvent: false, touchStart: false }, duration: 1 };

describe('importEvents', () => {
  it('keeps a v3 event as it was, from a page of a search', async () => {
    const events = [exported(), exported()].map((event) => v3EventView(event));
    const ids = events.map(({ products }) => products.identification?.data?.requestId ?? '');
    expect(await importText(JSON.stringify({ events, paginationKey: '1' }, null, 2))).toMatchObject({
      imported: 2,
      faulty: 0,
    });
    for (const [at, id] of ids.entries()) expect(v3EventView(await stored(id))).toEqual(events[at]);
  });

  it('keeps a v3 event as it was, from the body of a webhook', async () => {
    const event = exported();
    expect(await importText(JSON.stringify(v3WebhookView(event)))).toMatchObject({ imported: 1, faulty: 0 });
    expect(v3WebhookView(await stored(event.id))).toEqual(v3WebhookView(event));
    expect(v3EventView(await stored(event.id))).toEqual(v3EventView(event));
  });

  it('keeps a v4 event as it was, from a page of a search', async () => {
    const event = { ...exported({ attributes: { touchSupport: touch } }), referrer: 'https://search.example/' };
    const page = { events: [v4EventView(event, everything)], total_hits: 1 };
    expect(await importText(JSON.stringify(page))).toMatchObject({ imported: 1, faulty: 0 });
    expect(v4EventView(await stored(event.id), everything)).toEqual(v4EventView(event, everything));
  });

  it('leaves out raw attributes of v4 that it could not show again', async () => {
    const event = exported();
    const view = { ...v4EventView(event, everything), raw_device_attributes: { fonts: 7, math: 'abc', canvas: null } };
    expect(await importText(JSON.stringify(view))).toMatchObject({ imported: 1, faulty: 0 });
    expect((await stored(event.id)).attributes).toEqual({});
  });

  it('shows raw attributes of v3 in v4 only where they have the form that v4 gives them', async () => {
    const event = exported({
      attributes: { touchSupport: { value: null, duration: 0 }, vendor: { value: 'V', duration: 0 } },
    });
    await importText(JSON.stringify(v3EventView(event)));
    expect(v4EventView(await stored(event.id), everything).raw_device_attributes).toEqual({ vendor: 'V' });
  });

  it('keeps the visitor and its visits together', async () => {
    const event = exported();
    await importText(JSON.stringify(v3EventView(event)));
    const visitor = await store().visitor(WORKSPACE, event.identity.visitorId);
    expect(visitor?.firstSeen.workspace).toBe(event.identity.firstSeen.workspace);
  });

  it.each([WORKSPACE, ENVIRONMENT])('counts with %s what is imported into it, and there alone', async (scope) => {
    const event = exported({ ip: '192.0.2.77' });
    await importText(JSON.stringify(v3EventView(event)), { scope });
    for (const asked of [WORKSPACE, ENVIRONMENT]) {
      const visit = { visitorId: 'another', ip: event.ip, linkedId: null, country: null, time: event.time };
      const [facts] = await store().activity([{ ...visit, workspaceId: WORKSPACE, scope: asked }]);
      expect(facts?.ipEvents.day).toBe(asked === scope ? 2 : 1);
    }
    await store().eraseVisitor(WORKSPACE, event.identity.visitorId);
  });

  it('leaves ids that it knows as they are', async () => {
    const text = JSON.stringify(v3EventView(exported()));
    expect(await importText(text)).toMatchObject({ imported: 1, known: 0 });
    expect(await importText(text)).toMatchObject({ imported: 0, known: 1, faulty: 0 });
  });

  it('reads one document a line', async () => {
    const lines = [exported(), exported(), exported()].map((event) => JSON.stringify(v3EventView(event)));
    expect(await importText(`${lines.join('\n')}\n\n`)).toMatchObject({ imported: 3, faulty: 0 });
  });

  it('says in a dry run what the import will do, and stores nothing', async () => {
    const [known, fresh] = [exported(), exported()].map((event) => JSON.stringify(v3EventView(event)));
    const foreign = exported({ workspaceId: OTHER_WORKSPACE });
    await store().createWorkspace(sampleWorkspace({ id: OTHER_WORKSPACE, name: 'other' }));
    await store().record([sampleRecord({ id: foreign.id, workspaceId: OTHER_WORKSPACE })]);
    await importText(`${known}`);
    const text = [known, fresh, fresh, JSON.stringify(v3EventView(foreign)), '{"hello":1}'].join('\n');
    const dry = await importText(text, { write: false });
    expect(dry).toMatchObject({ imported: 1, known: 2, faulty: 2 });
    expect(await importText(text, { write: false })).toEqual(dry);
    expect(await importText(text)).toEqual(dry);
  });

  it('says what is not known as unknown, and does not invent', async () => {
    const event = exported();
    const { identification } = v3EventView(event).products;
    await importText(JSON.stringify({ products: { identification } }));
    const { signals, suspectScore, identity } = await stored(event.id);
    expect(signals.tor).toMatchObject({ state: 'unknown', confidence: 0 });
    expect(suspectScore.state).toBe('unknown');
    expect(identity.explanation).toMatchObject({ method: 'imported' });
  });

  it('leaves out what it has no place for', async () => {
    const event = exported();
    const view = v3EventView(event) as unknown as { products: JsonObject };
    view.products.remoteControl = { data: { result: false } };
    (view.products.identification as { data: JsonObject }).data.newField = 1;
    expect(await importText(JSON.stringify(view))).toMatchObject({ imported: 1, faulty: 0 });
  });

  it.each([
    ['what is no JSON', '{"products": nonsense}', /is not JSON/],
    ['half a document', '{"products": {', /is not JSON/],
    ['something else', '{"hello": 1}', /has neither "products"/],
    ['a number', '7', /holds no JSON object/],
    ['a list of numbers', '[7]', /is not an object/],
    [
      'an event without an id',
      '{"products":{"identification":{"data":{}}}}',
      /products\.identification\.data\.requestId is missing/,
    ],
    [
      'a malformed id',
      '{"products":{"identification":{"data":{"requestId":"x","visitorId":"y"}}}}',
      /"x" is not the id of an event/,
    ],
    ['a malformed visitor', '{"requestId":"1700000000000.aaaaaa","visitorId":"short","ip":"192.0.2.1"}', /visitorId/],
    ['a wrong type', '{"requestId":"1700000000000.aaaaaa","visitorId":7}', /visitorId is not a text/],
    ['a wrong list', '{"event_id":"1700000000000.aaaaaa","identification":[]}', /identification is not an object/],
    ['prototype keys', '{"__proto__":{"products":1}}', /has neither/],
  ])('refuses %s and names the place', async (_, text, fault) => {
    const { imported, faulty, faults } = await importText(text);
    expect({ imported, faulty }).toEqual({ imported: 0, faulty: 1 });
    expect(faults[0]).toMatch(/^1: /);
    expect(faults[0]).toMatch(fault);
  });

  it('goes on after a faulty event', async () => {
    const lines = [JSON.stringify(v3EventView(exported())), '{"hello":1}', JSON.stringify(v3EventView(exported()))];
    const { imported, faulty, faults } = await importText(lines.join('\n'));
    expect({ imported, faulty }).toEqual({ imported: 2, faulty: 1 });
    expect(faults[0]).toMatch(/^2: /);
  });

  it('takes over what the hosted service says of an app', async () => {
    expect(await importText(JSON.stringify(androidV3))).toMatchObject({ imported: 1, faulty: 0 });
    const { signals, identity, browser, suspectScore } = await stored('1708102555327.NLOjmg');
    expect(signals).toMatchObject({
      rootApps: { state: 'detected' },
      emulator: { state: 'clear' },
      frida: { state: 'detected' },
      factoryReset: { state: 'detected', data: { timestamp: 1672531200000 } },
      vpn: { state: 'detected', data: { confidence: 'high', methods: { publicVPN: true } } },
      // What failed there is not known here.
      botd: { state: 'unknown' },
      ipInfo: { data: { v4: { address: '61.127.217.15', geolocation: { city: { name: 'Kharkiv' } } } } },
    });
    expect(suspectScore.data.result).toBe(24);
    expect(browser).toMatchObject({ os: 'Android', device: 'Pixel 8' });
    // It was seen before, but not in this workspace.
    expect(identity).toMatchObject({ found: true, confidence: 1, lastSeen: null });
  });

  it('takes over what an event without products says of its window and its place', async () => {
    await importText(JSON.stringify(plainV3));
    const { products } = v3EventView(await stored('1708102555400.AAAAAA'));
    expect(products.incognito?.data).toEqual({ result: true });
    expect(products.identification?.data).toMatchObject({ incognito: true, ipLocation: { country: { code: 'DE' } } });
    expect(products.ipInfo?.data).toMatchObject({ v6: { address: '2001:db8::7' } });
  });

  it('takes over what the hosted service says in v4', async () => {
    expect(await importText(JSON.stringify({ events: [browserV4] }))).toMatchObject({ imported: 1, faulty: 0 });
    expect(v4EventView(await stored('1708102555500.BBBBBB'), everything)).toMatchObject({
      sdk: { platform: 'js' },
      identification: { visitor_id: 'bbbbbbbbbbbbbbbbbbbb', first_seen_at: 1700000000000, last_seen_at: 1708000000000 },
      bot: 'good',
      bot_info: { name: 'ExampleBot', identity: 'signed' },
      proxy_details: { proxy_type: 'residential', last_seen_at: 1707998400000 },
      ip_blocklist: { email_spam: true, attack_source: false, tor_node: true },
      virtual_machine: true,
      suspect_score: 31,
      raw_device_attributes: { timezone: 'Europe/Berlin' },
    });
  });

  it.each([
    ['1708102555501.SIMLTR', { emulator: false, simulator: true }, true],
    ['1708102555502.SIMLTR', { simulator: false }, false],
    ['1708102555503.SIMLTR', {}, false],
  ])('takes over what a v4 event of iOS says of the simulator: %s, %j', async (id, said, simulator) => {
    const sdk = { platform: 'ios', version: '2.0.0' };
    await importText(JSON.stringify({ ...browserV4, ...said, event_id: id, sdk }));
    const view = v4EventView(await stored(id), everything);
    expect(view).toMatchObject({ simulator });
    expect(view).not.toHaveProperty('emulator');
  });

  describe('files that are not as they should be', () => {
    const line = () => JSON.stringify(v3EventView(exported()));

    it('loses one line where one line is cut short', async () => {
      const lines = [line(), line().slice(0, 200), line(), line()];
      expect(await importText(lines.join('\n'))).toMatchObject({
        imported: 3,
        faulty: 1,
        faults: [expect.stringMatching(/^2: is not JSON/)],
      });
    });

    it('loses one line where the first is cut short', async () => {
      const lines = [line().slice(0, 200), line(), line()];
      expect(await importText(lines.join('\n'))).toMatchObject({ imported: 2, faulty: 1 });
    });

    it('reads a list that is written with an event on each line', async () => {
      expect(await importText(`[${line()}\n,${line()}\n]`)).toMatchObject({ imported: 2, faulty: 0 });
    });

    it('reads pages of a search in one list', async () => {
      const page = { events: [v3EventView(exported())] };
      expect(await importText(JSON.stringify([page, page.events[0]]))).toMatchObject({ imported: 1, known: 1 });
    });

    it('refuses lists in lists, however deep', async () => {
      const deep = `${'['.repeat(9_000)}${']'.repeat(9_000)}`;
      expect(await importText(`${deep}\n${line()}`)).toMatchObject({ imported: 1, faulty: 1 });
    });
  });

  it('stores by time what comes with the newest first, in transactions that end soon', async () => {
    const events = Array.from({ length: 250 }, (_, at) => exported({ time: NOON - at * 1000 }));
    const stores: number[][] = [];
    const slow = Object.create(store(), {
      record: {
        value: async (records: Parameters<Store['record']>[0]) => {
          stores.push(records.map(({ event }) => event.time));
          if (stores.length === 1) await setTimeout(1_000);
          return store().record(records);
        },
      },
    }) as Store;
    const outcome = await importText(JSON.stringify(events.map((event) => v3EventView(event))), { into: slow });
    expect(outcome).toMatchObject({ imported: 250, known: 0, faulty: 0 });
    const times = stores.flat();
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const sizes = stores.map((each) => each.length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    // A hundred took four times as long as they may, so the next are a quarter.
    expect(sizes[0]).toBe(100);
    expect(sizes[1]).toBeLessThanOrEqual(25);
  }, 60_000);

  it('does not take the id of another workspace for its own', async () => {
    const event = exported({ workspaceId: OTHER_WORKSPACE });
    await store().record([sampleRecord({ id: event.id, workspaceId: OTHER_WORKSPACE })]);
    const { imported, known, faults } = await importText(JSON.stringify(v3EventView(event)));
    expect({ imported, known, faults }).toEqual({
      imported: 0,
      known: 0,
      faults: [expect.stringMatching(/another workspace/)],
    });
  });
});
