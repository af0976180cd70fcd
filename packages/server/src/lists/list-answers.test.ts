import { describe, expect, it } from 'vitest';
import { readAddress } from '../lookup/address.ts';
import { type HeldList, ListAnswers } from './list-answers.ts';
import type { ListSource } from './list-source.ts';
import { readList } from './read-list.ts';
import { sampleSource } from './testing/sample-source.ts';

async function* whole(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** A list with this text, or without any, as of a time. */
const held = async (changes: Partial<ListSource>, text: string | null, builtAt = 5): Promise<HeldList> => {
  const source = sampleSource({ minimumRows: 1, ...changes });
  const data = { name: source.name, builtAt };
  if (text === null) return { source, data, rows: null };
  const read = await readList(whole(text), source);
  if (!read.ok) throw new Error(read.problem);
  return { source, data, rows: read.list };
};

const DAY = 86_400_000;

const addressOf = (text: string) => {
  const address = readAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  return address;
};

const findIn = (lists: HeldList[], text: string, asn?: number, time = 10) =>
  new ListAnswers(lists).find(addressOf(text), asn, time);

describe('ListAnswers', () => {
  it('says which list has the address, or that none has, with its age', async () => {
    const lists = [await held({ name: 'exits' }, '192.0.2.1\n', 7)];
    expect(findIn(lists, '192.0.2.1')).toEqual({ tor: { source: { name: 'exits', builtAt: 7 }, listed: true } });
    expect(findIn(lists, '192.0.2.2')).toEqual({ tor: { source: { name: 'exits', builtAt: 7 }, listed: false } });
  });

  it('takes an address for a relay’s and no VPN’s only while the relay’s list is believed', async () => {
    const lists = [
      await held({ kind: 'relay', name: 'relays' }, '192.0.2.1\n', 0),
      await held({ kind: 'publicVpn', name: 'vpns' }, '192.0.2.1\n', 8 * DAY),
    ];
    expect(findIn(lists, '192.0.2.1', undefined, 6 * DAY).publicVpn?.listed).toBe(false);
    expect(findIn(lists, '192.0.2.1', undefined, 8 * DAY).publicVpn?.listed).toBe(true);
  });

  it('says nothing where no list is loaded', async () => {
    expect(findIn([await held({}, null)], '192.0.2.1')).toEqual({});
    expect(findIn([], '192.0.2.1')).toEqual({});
  });

  it('says nothing of a family that the lists have none of', async () => {
    expect(findIn([await held({}, '192.0.2.1\n')], '2001:db8::1')).toEqual({});
  });

  it('finds by a supplement, and clears without it and never by it alone', async () => {
    const whole = await held({ name: 'whole' }, '192.0.2.1\n', 9);
    const some = await held({ name: 'some', supplement: true }, '192.0.2.7\n', 3);
    const missing = await held({ name: 'missing', supplement: true }, null);
    expect(findIn([whole, some, missing], '192.0.2.7').tor).toEqual({ source: some.data, listed: true });
    expect(findIn([whole, some, missing], '192.0.2.2').tor).toEqual({ source: whole.data, listed: false });
    expect(findIn([some, missing], '192.0.2.2')).toEqual({});
    expect(findIn([some, await held({ name: 'whole' }, null)], '192.0.2.2')).toEqual({});
  });

  it('clears nobody while a list is missing that may have the address', async () => {
    const [here, missing] = [await held({ name: 'here' }, '192.0.2.1\n'), await held({ name: 'missing' }, null)];
    expect(findIn([here, missing], '192.0.2.2')).toEqual({});
    expect(findIn([here, missing], '192.0.2.1').tor?.listed).toBe(true);
    const other = await held({ name: 'other', families: [6] }, null);
    expect(findIn([here, other], '192.0.2.2').tor?.listed).toBe(false);
  });

  it('is as old as the oldest list where it says no, and as the freshest that says yes', async () => {
    const lists = [await held({ name: 'old' }, '192.0.2.1\n', 1), await held({ name: 'new' }, '192.0.2.1\n', 9)];
    expect(findIn(lists, '192.0.2.1').tor?.source.name).toBe('new');
    expect(findIn(lists, '192.0.2.2').tor?.source.name).toBe('old');
  });

  it('passes on when a proxy was last seen', async () => {
    const lists = [await held({ kind: 'proxy', format: 'proxies' }, '192.0.2.1:80 1790000000\n192.0.2.2:80\n')];
    expect(findIn(lists, '192.0.2.1').proxy).toMatchObject({ listed: true, seenAt: 1_790_000_000_000 });
    expect(findIn(lists, '192.0.2.2').proxy).not.toHaveProperty('seenAt');
  });

  it('takes a relay for a relay though a VPN list has it, too', async () => {
    const lists = [
      await held({ name: 'relay', kind: 'relay' }, '192.0.2.0/28\n'),
      await held({ name: 'vpn', kind: 'publicVpn' }, '192.0.2.0/24\n'),
      await held({ name: 'asns', kind: 'vpnAsns', format: 'asns' }, 'AS64496\n'),
    ];
    expect(findIn(lists, '192.0.2.1', 64_496)).toMatchObject({ relay: { listed: true }, publicVpn: { listed: false } });
    expect(findIn(lists, '192.0.2.200')).toMatchObject({ relay: { listed: false }, publicVpn: { listed: true } });
    expect(findIn(lists, '198.51.100.1', 64_496).publicVpn).toMatchObject({ listed: true, source: { name: 'asns' } });
    expect(findIn(lists, '198.51.100.1', 64_497).publicVpn).toMatchObject({ listed: false, source: { name: 'vpn' } });
  });

  it('knows the networks that VPN services have themselves, whatever lists say', async () => {
    const own = { listed: true, lasting: true, source: { name: 'networks of VPN services' } };
    const lists = [
      await held({ kind: 'publicVpn' }, '192.0.2.1\n'),
      await held({ kind: 'relay', name: 'r' }, '192.0.2.7\n'),
    ];
    expect(findIn(lists, '198.51.100.1', 147_049).publicVpn).toMatchObject(own);
    expect(findIn([], '2001:db8::1', 147_049).publicVpn).toMatchObject(own);
    expect(findIn(lists, '192.0.2.7', 147_049).publicVpn?.listed).toBe(false);
    expect(findIn(lists, '192.0.2.1', 147_049).publicVpn).not.toHaveProperty('lasting');
    expect(findIn(lists, '198.51.100.1', 9_009).publicVpn?.listed).toBe(false);
  });

  it('knows them, too, where a list that has the address or system has grown too old', async () => {
    const own = { source: { name: 'networks of VPN services' }, listed: true, lasting: true };
    const vpns = await held({ kind: 'publicVpn', name: 'vpns' }, '192.0.2.1\n', 0);
    const systems = await held({ kind: 'vpnAsns', name: 'systems', format: 'asns' }, 'AS207137\nAS9009\n', 0);
    for (const lists of [[vpns], [systems], [vpns, systems]]) {
      expect(findIn(lists, '192.0.2.1', 207_137, 9 * DAY).publicVpn).toMatchObject(own);
      expect(findIn(lists, '192.0.2.1', 207_137, 6 * DAY).publicVpn).not.toHaveProperty('lasting');
    }
    const old = await held({ kind: 'relay', name: 'relays' }, '192.0.2.1\n', 0);
    expect(findIn([vpns, old], '192.0.2.1', 207_137, 9 * DAY).publicVpn).toMatchObject(own);
    // Others are told to be on an old list, which the engine then does not believe.
    expect(findIn([vpns], '192.0.2.1', 64_496, 9 * DAY).publicVpn).toEqual({ source: vpns.data, listed: true });
    expect(findIn([systems], '198.51.100.1', 9_009, 9 * DAY).publicVpn).toEqual({ source: systems.data, listed: true });
  });

  it('takes a list that is believed, of those that have the address and those that have its system, and clears nobody by the others', async () => {
    const [old, fresh] = [0, 5 * DAY];
    const vpns = (at: number) => held({ kind: 'publicVpn', name: 'vpns' }, '192.0.2.1\n', at);
    const systems = (at: number) => held({ kind: 'vpnAsns', name: 'systems', format: 'asns' }, 'AS64496\n', at);
    const find = async (lists: Promise<HeldList>[], text: string) =>
      findIn(await Promise.all(lists), text, 64_496, 9 * DAY).publicVpn;
    expect(await find([vpns(old), systems(fresh)], '192.0.2.1')).toMatchObject({ source: { name: 'systems' } });
    expect(await find([vpns(fresh), systems(fresh)], '192.0.2.1')).toMatchObject({ source: { name: 'vpns' } });
    expect(await find([vpns(fresh), systems(fresh)], '192.0.2.2')).toMatchObject({ source: { name: 'systems' } });
    expect(await find([vpns(fresh), systems(old)], '192.0.2.2')).toMatchObject({
      listed: true,
      source: { builtAt: old },
    });
  });

  it('names the provider of a datacenter where a list knows it', async () => {
    const answers = new ListAnswers([
      await held({ name: 'all', kind: 'datacenter' }, '192.0.0.0/16\n'),
      await held({ name: 'named', kind: 'datacenter', format: 'named-ranges' }, '192.0.2.0,192.0.2.255,Hosts,x\n'),
      await held({ name: 'cloud', kind: 'datacenter', provider: 'Example Cloud' }, '192.0.2.0/28\n'),
      await held({ name: 'asns', kind: 'datacenterAsns', format: 'asns' }, 'AS64496\n'),
    ]);
    const find = (text: string, asn?: number) => answers.datacenterOf(addressOf(text), asn);
    expect(find('192.0.2.1')).toMatchObject({ name: 'Example Cloud', source: { name: 'cloud' } });
    expect(find('192.0.2.77')).toMatchObject({ name: 'Hosts', source: { name: 'named' } });
    expect(find('192.0.77.1')).toMatchObject({ name: '', source: { name: 'all' } });
    expect(find('198.51.100.1', 64_496)).toMatchObject({ name: '', source: { name: 'asns' } });
    expect(find('198.51.100.1', 64_497)).toBeUndefined();
    expect(find('2001:db8::1')).toBeUndefined();
  });
});
