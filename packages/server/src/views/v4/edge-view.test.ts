import { type EdgeEvent, type Feature, V4EdgeEvent } from '@whorl/contract';
import { failed, judgeRequest } from '@whorl/engine';
import { Compile } from 'typebox/compile';
import { expect, it } from 'vitest';
import { v4EdgeView } from './edge-view.ts';

const isAnswer = Compile(V4EdgeEvent);
const hidden: ReadonlySet<Feature> = new Set();
const address = '198.51.100.7';
const network = {
  address,
  family: 4 as const,
  isPublic: true,
  ipInfo: { v4: { address, geolocation: {} } },
  sources: [],
  countryOffsets: null,
};

const event: EdgeEvent = {
  version: 1,
  id: '1700000000000.abcdef',
  time: 1_700_000_000_000,
  workspaceId: 'ws_0000000000000000',
  environmentId: null,
  url: 'https://shop.example/',
  method: 'GET',
  ip: address,
  headers: [],
  tag: {},
  signals: judgeRequest({ time: 0, userAgent: undefined, network }).signals,
};

it('v4EdgeView leaves out what failed, and keeps its form', () => {
  const { proxy, vpn } = event.signals;
  const view = v4EdgeView(event, { hidden });
  const without = { ip: failed({}), vpn: failed(vpn.data), proxy: failed(proxy.data) };
  const failing = v4EdgeView(
    { ...event, signals: { ipInfo: without.ip, vpn: without.vpn, proxy: without.proxy } },
    { hidden },
  );
  expect(view).toMatchObject({ proxy: false, vpn: false, ip_info: { v4: { address } } });
  expect(Object.keys(failing)).toEqual(['event_id', 'timestamp', 'source', 'url', 'ip_info']);
  expect(failing.ip_info).toEqual({});
  expect([...isAnswer.Errors(failing)]).toEqual([]);
});
