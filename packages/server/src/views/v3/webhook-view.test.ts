import { V3WebhookEvent } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../storage/testing/sample-event.ts';
import { v3EventView } from './event-view.ts';
import { v3WebhookView } from './webhook-view.ts';

const schema = Compile(V3WebhookEvent);
const sample = sampleEvent({
  linkedId: 'order 7',
  tag: { cart: [1] },
  attributes: { fonts: { value: ['A'], duration: 1 } },
});
const event = { ...sample, suspect: true, referrer: 'https://shop.example/' };

describe('v3WebhookView', () => {
  const body = v3WebhookView(event);

  it('has the form of its schema', () => {
    expect(schema.Check(body), JSON.stringify(schema.Errors(body)[0])).toBe(true);
  });

  it('leaves out what failed', () => {
    const vpn = { ...event.signals.vpn, state: 'unknown', failed: true } as const;
    const botd = { ...event.signals.botd, state: 'unknown', failed: true } as const;
    const failing = v3WebhookView({ ...event, signals: { ...event.signals, vpn, botd } });
    const { vpn: shownVpn, bot, ...rest } = body;
    expect([shownVpn, bot]).not.toContain(undefined);
    expect(failing).toEqual(rest);
  });

  it('lays the identification flat, with the time in milliseconds', () => {
    expect(body).toMatchObject({
      requestId: event.id,
      visitorId: event.identity.visitorId,
      linkedId: 'order 7',
      tag: { cart: [1] },
      time: new Date(event.time).toISOString(),
      timestamp: event.time,
      incognito: false,
      replayed: false,
      clientReferrer: 'https://shop.example/',
      userAgent: event.userAgent,
      environmentId: event.environmentId,
    });
    expect(body).not.toHaveProperty('suspect');
    expect(v3WebhookView(sample)).not.toHaveProperty('clientReferrer');
  });

  it("hoists each product's data under the product's name, as the event shows it", () => {
    const { identification, botd, incognito, ...products } = v3EventView(event).products;
    for (const [name, { data }] of Object.entries(products)) expect(body).toHaveProperty([name], data);
    expect(body.bot).toEqual(botd?.data?.bot);
    expect(body.incognito).toBe(incognito?.data?.result);
    expect(body.visitorId).toBe(identification?.data?.visitorId);
  });

  it('leaves out what is hidden', () => {
    const shown = v3WebhookView(event, { hidden: new Set(['botd', 'vpn', 'rawDeviceAttributes', 'suspectScore']) });
    for (const name of ['bot', 'vpn', 'rawDeviceAttributes', 'suspectScore']) expect(shown).not.toHaveProperty(name);
    expect(schema.Check(shown)).toBe(true);
  });

  it('is a copy that leaves the event as it was', () => {
    const before = structuredClone(event);
    v3WebhookView(event);
    expect(event).toEqual(before);
  });
});
