import { V3RelatedVisitors, v3Errors } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { machineSources } from '../../testing/chromium-sources.ts';
import { useV3 } from './testing/use-v3.ts';

const { server, call, visit, record, addEnvironment, withWorkspace } = useV3();

const answers = Compile(V3RelatedVisitors);
const told = ({ code, message }: { code: string; message: string }) => ({ error: { code, message } });

const firefoxAgent = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0';

/** A visit by Chromium on the one machine behind an address. */
const chromiumAt = (ip: string) => ({ ip, change: { sources: machineSources(ip) } });

/** A visit by Firefox on the machine that Chromium is on, or on another one. Firefox does not tell the memory. */
const firefoxAt = (ip: string, machine = ip) => {
  const { deviceMemory: _, ...sources } = machineSources(machine, {
    userAgent: firefoxAgent,
    vendor: '',
    canvas: { winding: true, geometry: `${machine} drawn`, text: `${machine} written` },
    audio: 35.749972093850374,
    fonts: ['Liberation Sans', ...machine.split('').map((letter, at) => `Font ${letter}${at}`)],
    webGlBasics: {
      version: 'WebGL 1.0',
      vendor: 'Mozilla',
      vendorUnmasked: '',
      renderer: 'Intel(R) HD Graphics, or similar',
      rendererUnmasked: '',
      shadingLanguageVersion: 'WebGL GLSL ES 1.0',
    },
  });
  return { ip, headers: { 'user-agent': firefoxAgent }, change: { sources } };
};

const related = async (visitorId: string, key?: string): Promise<string[]> => {
  const answer = await call('GET', `/related-visitors?visitor_id=${visitorId}`, key === undefined ? {} : { key });
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answers.Check(answer.json())).toBe(true);
  return answer.json<V3RelatedVisitors>().relatedVisitors.map((one) => one.visitorId);
};

describe('GET /related-visitors', () => {
  it('relates Firefox and Chromium of one machine, and not a machine beside it', async () => {
    const chromium = await visit(chromiumAt('198.51.100.20'));
    const beside = await visit(firefoxAt('198.51.100.20'));
    const other = await visit(firefoxAt('198.51.100.20', 'a machine beside it'));
    expect(new Set([chromium, beside, other].map(({ visitorId }) => visitorId)).size).toBe(3);
    expect(await related(chromium.visitorId)).toEqual([beside.visitorId]);
    expect(await related(beside.visitorId)).toEqual([chromium.visitorId]);
    expect(await related(other.visitorId)).toEqual([]);
  });

  it('is not moved by a crowd behind the address that is clearly of other devices, however many came since', async () => {
    const ip = '198.51.100.27';
    const chromium = await visit(chromiumAt(ip));
    const beside = await visit(firefoxAt(ip));
    const strange = {
      screenResolution: [1280, 800] as [number, number],
      hardwareConcurrency: 3,
      timezone: 'Asia/Tokyo',
      deviceMemory: 4,
    };
    const crowd: string[] = [];
    for (let at = 0; at < 55; at += 1) {
      const sources = machineSources(`stranger ${at}`, strange);
      crowd.push((await visit({ ip, change: { sources } })).visitorId);
    }
    expect(new Set(crowd).size).toBe(55);
    expect(await related(chromium.visitorId)).toEqual([beside.visitorId]);
    expect(await related(beside.visitorId)).toEqual([chromium.visitorId]);
  });

  it('relates nobody across addresses', async () => {
    const chromium = await visit(chromiumAt('198.51.100.21'));
    await visit(firefoxAt('198.51.100.22'));
    expect(await related(chromium.visitorId)).toEqual([]);
  });

  it('proposes nobody of the same device as the same visitor', async () => {
    const chromium = await visit(chromiumAt('198.51.100.23'));
    const beside = await visit(firefoxAt('198.51.100.23'));
    const event = await server().store.event({ workspaceId: server().first.workspace.id }, beside.requestId);
    expect(event?.identity).toMatchObject({ found: false, explanation: { method: 'new' } });
    expect(event?.identity.explanation.runnersUp ?? []).not.toContainEqual(
      expect.objectContaining({ visitorId: chromium.visitorId }),
    );
    expect(await visit(chromiumAt('198.51.100.23'))).toMatchObject({
      visitorId: chromium.visitorId,
      visitorFound: true,
    });
  });

  it('relates nobody who was erased', async () => {
    const chromium = await visit(chromiumAt('198.51.100.24'));
    const beside = await visit(firefoxAt('198.51.100.24'));
    await call('DELETE', `/visitors/${beside.visitorId}`);
    expect(await related(chromium.visitorId)).toEqual([]);
    const answer = await call('GET', `/related-visitors?visitor_id=${beside.visitorId}`);
    expect([answer.statusCode, answer.json()]).toEqual([404, told(v3Errors.visitorNotFound)]);
  });

  it('shows a key of one environment only visitors with events in it', async () => {
    const { publicKey, secretKey } = await addEnvironment('ae_7777777777777777');
    const chromium = await visit(chromiumAt('198.51.100.25'));
    const beside = await visit(firefoxAt('198.51.100.25'));
    const url = `/related-visitors?visitor_id=${chromium.visitorId}`;
    expect((await call('GET', url, { key: secretKey })).json()).toEqual(told(v3Errors.visitorNotFound));
    await visit({ ...chromiumAt('198.51.100.25'), key: publicKey });
    expect(await related(chromium.visitorId, secretKey)).toEqual([]);
    await visit({ ...firefoxAt('198.51.100.25'), key: publicKey });
    expect(await related(chromium.visitorId, secretKey)).toEqual([beside.visitorId]);
  });

  it('relates nobody across environments that have visitors of their own', async () => {
    const { publicKey } = await addEnvironment('ae_8888888888888888');
    await withWorkspace({ identity: 'separate' }, async () => {
      const chromium = await visit(chromiumAt('198.51.100.26'));
      const twin = await visit({ ...chromiumAt('198.51.100.26'), key: publicKey });
      const beside = await visit({ ...firefoxAt('198.51.100.26'), key: publicKey });
      expect(twin.visitorId).not.toBe(chromium.visitorId);
      expect(await related(chromium.visitorId)).toEqual([]);
      expect(await related(twin.visitorId)).toEqual([beside.visitorId]);
    });
  });

  it('relates nobody to a visitor of whom nothing was learnt', async () => {
    const { identity } = await record({});
    expect(await related(identity.visitorId)).toEqual([]);
  });

  it('needs the feature, then an id, then that there is such a visitor', async () => {
    const outcome = async (query: string) => {
      const answer = await call('GET', `/related-visitors${query}`);
      return [answer.statusCode, answer.json()];
    };
    await withWorkspace({ disabledFeatures: ['relatedVisitors'] }, async () => {
      expect(await outcome('')).toEqual([403, told(v3Errors.featureNotEnabled)]);
    });
    expect(await outcome('')).toEqual([400, told(v3Errors.visitorIdRequired)]);
    expect(await outcome('?visitor_id=')).toEqual([400, told(v3Errors.visitorIdRequired)]);
    expect(await outcome('?visitor_id=short')).toEqual([400, told(v3Errors.invalidVisitorId)]);
    const twice = '?visitor_id=unknownVisitor123456&visitor_id=unknownVisitor123456';
    expect(await outcome(twice)).toEqual([400, told(v3Errors.invalidVisitorId)]);
    expect(await outcome('?visitor_id=unknownVisitor123456')).toEqual([404, told(v3Errors.visitorNotFound)]);
  });
});
