import { v3Errors } from '@whorl/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleRecord } from '../../storage/testing/sample-event.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { useV3 } from './testing/use-v3.ts';

const { server, call, record, eventOf, search, addEnvironment } = useV3();

const DAY = 24 * 60 * 60_000;

const told = ({ code, message }: { code: string; message: string }) => ({ error: { code, message } });
const put = (id: string, body: unknown, sent: Parameters<typeof call>[2] = {}) =>
  call('PUT', `/events/${id}`, { body, ...sent });
const identificationOf = async (id: string) => (await eventOf(id)).products.identification?.data;

describe('PUT /events/{request_id}', () => {
  it('answers exactly 200 with nothing in it, and changes what it was told to change', async () => {
    const { id } = await record({ linkedId: 'before', tag: { kept: true } });
    const answer = await put(id, { linkedId: 'after' });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect(await identificationOf(id)).toMatchObject({ linkedId: 'after', tag: { kept: true } });
    expect(await identificationOf(id)).not.toHaveProperty('suspect');
  });

  it('changes a part at a time, the last word counting', async () => {
    const { id } = await record({});
    await put(id, { suspect: true });
    await put(id, { tag: { a: 1 } });
    await put(id, { linkedId: 'one', tag: { b: 2 } });
    await put(id, { suspect: false });
    expect(await identificationOf(id)).toMatchObject({ linkedId: 'one', tag: { b: 2 }, suspect: false });
    const event = await server().store.event({ workspaceId: server().first.workspace.id }, id);
    expect(event?.updates.map(({ by, fields }) => [by, ...fields])).toEqual([
      ['api', 'suspect'],
      ['api', 'tag'],
      ['api', 'linkedId', 'tag'],
      ['api', 'suspect'],
    ]);
  });

  it('is found by what it was changed to', async () => {
    const { id } = await record({ linkedId: 'found before' });
    await put(id, { linkedId: 'found after', suspect: true });
    expect((await search('limit=10&linked_id=found%20after')).ids).toEqual([id]);
    expect((await search('limit=10&linked_id=found%20before')).ids).toEqual([]);
    expect((await search('limit=10&suspect=true')).ids).toContain(id);
    expect((await search('limit=10&suspect=false')).ids).not.toContain(id);
  });

  it('takes a linked id away when it is empty, and wraps what is no object as tag', async () => {
    const { id } = await record({ linkedId: 'gone' });
    expect((await put(id, { linkedId: '', tag: 'scalar' })).statusCode).toBe(200);
    const identification = await identificationOf(id);
    expect(identification).not.toHaveProperty('linkedId');
    expect(identification?.tag).toEqual({ tag: 'scalar' });
    await put(id, { tag: [1, 2] });
    expect((await identificationOf(id))?.tag).toEqual({ tag: [1, 2] });
  });

  it('remembers a bounded number of updates', async () => {
    const { id } = await record({});
    for (let time = 0; time < 25; time++) await put(id, { suspect: time % 2 === 0 });
    const event = await server().store.event({ workspaceId: server().first.workspace.id }, id);
    expect(event?.updates).toHaveLength(20);
    expect(event?.suspect).toBe(true);
  });

  it.each([
    'text/plain;charset=UTF-8',
    'application/json',
    'application/xml',
    'nonsense',
    'application/x-www-form-urlencoded',
    undefined,
  ])('reads JSON sent as %s', async (type) => {
    const { id } = await record({});
    const answer = await put(id, { suspect: true }, type === undefined ? {} : { headers: { 'content-type': type } });
    expect(answer.statusCode, answer.body).toBe(200);
    expect(await identificationOf(id)).toMatchObject({ suspect: true });
  });

  it.each([
    ['', v3Errors.invalidBody],
    ['{', v3Errors.invalidBody],
    ['null', v3Errors.invalidBody],
    ['[]', v3Errors.invalidBody],
    ['"text"', v3Errors.invalidBody],
    ['{"linkedId":1}', v3Errors.invalidBody],
    ['{"suspect":"true"}', v3Errors.invalidBody],
    ['{"suspect":1,"linkedId":"good"}', v3Errors.invalidBody],
    [JSON.stringify({ tag: 'x'.repeat(16 * 1024) }), v3Errors.invalidBody],
    [`{"tag":${'['.repeat(5000)}${']'.repeat(5000)}}`, v3Errors.invalidBody],
    [JSON.stringify({ tag: 'x'.repeat(200_000) }), v3Errors.invalidBody],
    [JSON.stringify({ linkedId: 'x'.repeat(257) }), v3Errors.linkedIdTooLong],
    ['{}', v3Errors.nothingToUpdate],
    ['{"tags":{"a":1},"other":1}', v3Errors.nothingToUpdate],
    ['{"linkedId":null,"tag":null,"suspect":null}', v3Errors.nothingToUpdate],
  ])('refuses %.60s', async (body, error) => {
    const { id } = await record({ linkedId: 'unchanged' });
    const answer = await put(id, body);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toEqual(told(error));
    expect(await identificationOf(id)).toMatchObject({ linkedId: 'unchanged' });
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from('{"linkedId":"caf\xe9"}', 'latin1')],
    ['half of a surrogate pair', '{"linkedId":"\\ud800"}'],
  ])('refuses %s in place of a linked id that would be another one', async (_, body) => {
    const { id } = await record({ linkedId: 'unchanged' });
    const answer = await put(id, body);
    expect([answer.statusCode, answer.json()]).toEqual([400, told(v3Errors.invalidBody)]);
    expect(await identificationOf(id)).toMatchObject({ linkedId: 'unchanged' });
  });

  it('passes over a byte order mark', async () => {
    const { id } = await record({});
    expect((await put(id, '\ufeff{"linkedId":"café"}')).statusCode).toBe(200);
    expect(await identificationOf(id)).toMatchObject({ linkedId: 'café' });
  });

  it('refuses no body at all', async () => {
    const { id } = await record({});
    const answer = await call('PUT', `/events/${id}`);
    expect([answer.statusCode, answer.json()]).toEqual([400, told(v3Errors.invalidBody)]);
  });

  it.each(['', '{', '{}', '{"suspect":1}'])('tells of an unknown or old id before a wrong body: %j', async (body) => {
    const old = await record({ time: Date.now() - 10.1 * DAY });
    for (const id of ['1700000000000.abcdef', 'nonsense', '', old.id]) {
      const answer = await put(id, body);
      expect([answer.statusCode, answer.json()], id).toEqual([404, told(v3Errors.requestNotFound)]);
    }
  });

  it('takes a linked id of 256 characters', async () => {
    const { id } = await record({});
    expect((await put(id, { linkedId: 'x'.repeat(256) })).statusCode).toBe(200);
  });

  it('does not find what is not there, is another environment, or is older than ten days', async () => {
    const missing = [404, told(v3Errors.requestNotFound)];
    const outcome = async (id: string, sent = {}) => {
      const answer = await put(id, { suspect: true }, sent);
      return [answer.statusCode, answer.statusCode === 200 ? null : answer.json()];
    };
    expect(await outcome('1700000000000.abcdef')).toEqual(missing);
    expect(await outcome('nonsense')).toEqual(missing);
    expect(await outcome('')).toEqual(missing);
    expect(await outcome('%ff')).toEqual(missing);
    const { secretKey } = await addEnvironment('ae_3333333333333333');
    const { id } = await record({});
    expect(await outcome(id, { key: secretKey })).toEqual(missing);
    expect(await outcome((await record({ time: Date.now() - 10 * DAY - 1000 })).id)).toEqual(missing);
    expect(await outcome((await record({ time: Date.now() - 10 * DAY + 60_000 })).id)).toEqual([200, null]);
  });
});

describe('an event that has not settled', () => {
  let settling: TestServer;
  beforeAll(async () => {
    settling = await startTestServer({ settle: 60_000 });
  });
  afterAll(() => settling?.close());

  it('cannot be updated yet, and can later', async () => {
    const { workspace, environment } = settling.first;
    const now = Date.now();
    const [fresh, settled] = [now, now - 60_000].map((time) =>
      sampleRecord({ workspaceId: workspace.id, environmentId: environment.id, time }),
    );
    if (fresh === undefined || settled === undefined) throw new Error('two were made');
    await settling.store.record([fresh, settled]);
    const outcome = async (id: string, body: unknown) => {
      const url = `/events/${id}`;
      const headers = { 'auth-api-key': settling.secretKey };
      const answer = await settling.app.inject({ method: 'PUT', url, headers, payload: JSON.stringify(body) });
      return [answer.statusCode, answer.body === '' ? null : answer.json()];
    };
    expect(await outcome(fresh.event.id, { suspect: true })).toEqual([409, told(v3Errors.stateNotReady)]);
    expect(await outcome(fresh.event.id, {})).toEqual([400, told(v3Errors.nothingToUpdate)]);
    expect(await outcome(settled.event.id, { suspect: true })).toEqual([200, null]);
    const stored = await settling.store.event({ workspaceId: workspace.id }, fresh.event.id);
    expect(stored).toEqual(fresh.event);
  });
});
