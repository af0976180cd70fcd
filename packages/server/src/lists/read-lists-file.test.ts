import { describe, expect, it } from 'vitest';
import { NetworkDataError } from '../lookup/network-data-error.ts';
import { builtInLists } from './built-in-lists.ts';
import { applyListsFile, readListsFile } from './read-lists-file.ts';

const named = (file: unknown, name: string) => applyListsFile(file, builtInLists).find((list) => list.name === name);

describe('applyListsFile', () => {
  it('leaves everything as it is where it says nothing', () => {
    expect(applyListsFile({}, builtInLists)).toEqual(builtInLists);
  });

  it('adds lists of known kinds', () => {
    const list = {
      name: 'office-vpn',
      kind: 'publicVpn',
      format: 'networks',
      url: 'https://lists.example/vpn.txt',
      everyHours: 2,
    };
    expect(named({ lists: [list] }, 'office-vpn')).toMatchObject({
      kind: 'publicVpn',
      format: 'networks',
      url: 'https://lists.example/vpn.txt',
      every: 7_200_000,
      minimumRows: 1,
      mayRest: null,
    });
  });

  it('takes a list for a supplement, or no longer for one', () => {
    const own = { name: 'own', kind: 'publicVpn', format: 'networks', url: 'https://lists.example/vpn.txt' };
    expect(named({ lists: [{ ...own, supplement: true }] }, 'own')?.supplement).toBe(true);
    expect(named({ lists: [own] }, 'own')?.supplement).toBeUndefined();
    const windscribe = { name: 'windscribe-servers', url: 'https://mirror.example/w.txt' };
    expect(named({ lists: [windscribe] }, 'windscribe-servers')?.supplement).toBe(true);
    expect(named({ lists: [{ ...windscribe, supplement: false }] }, 'windscribe-servers')?.supplement).toBe(false);
  });

  it('takes another address for a list that comes with the server, and leaves the rest of it', () => {
    const url = 'http://mirror.example/tor.csv';
    const [original] = builtInLists.filter(({ name }) => name === 'tor-exits');
    expect(named({ lists: [{ name: 'tor-exits', url }] }, 'tor-exits')).toEqual({ ...original, url });
    expect(applyListsFile({ lists: [{ name: 'tor-exits', url }] }, builtInLists)).toHaveLength(builtInLists.length);
  });

  it('does without lists', () => {
    expect(named({ without: ['tor-exits'] }, 'tor-exits')).toBeUndefined();
  });

  it.each<[what: string, file: unknown, problem: RegExp]>([
    ['something else than an object', [], /is not as docs\/network-lists\.md says/],
    ['an unknown member', { list: [] }, /is not as docs/],
    ['a name that is no file name', { lists: [{ name: '../x', url: 'https://a.example' }] }, /"\/lists\/0\/name"/],
    ['an address of a file', { lists: [{ name: 'x', url: 'file:///etc/passwd' }] }, /"\/lists\/0\/url"/],
    ['no address', { lists: [{ name: 'x', url: 'https://', kind: 'tor', format: 'networks' }] }, /is no address/],
    ['an unknown kind', { lists: [{ name: 'x', url: 'https://a.example', kind: 'vpn', format: 'networks' }] }, /kind/],
    [
      'a list without kind and format',
      { lists: [{ name: 'x', url: 'https://a.example' }] },
      /"x" needs a kind and a format/,
    ],
    [
      'a crawler that nobody knows',
      { lists: [{ name: 'x', url: 'https://a.example', kind: 'crawler', format: 'crawler', crawler: 'toString' }] },
      /toString/,
    ],
    [
      'a crawler without its name',
      { lists: [{ name: 'x', url: 'https://a.example', kind: 'crawler', format: 'crawler' }] },
      /says no "crawler"/,
    ],
    ['a list to be without that is none', { without: ['tor'] }, /there is no list "tor"/],
    [
      'a list twice',
      { lists: [1, 2].map(() => ({ name: 'tor-exits', url: 'https://a.example' })) },
      /stands there twice/,
    ],
  ])('refuses %s', (_, file, problem) => {
    expect(() => applyListsFile(file, builtInLists)).toThrow(NetworkDataError);
    expect(() => applyListsFile(file, builtInLists)).toThrow(problem);
  });
});

describe('readListsFile', () => {
  it('takes the lists that come with the server where there is no file', async () => {
    expect(await readListsFile(null, builtInLists)).toEqual(builtInLists);
  });

  it('says which file cannot be read', async () => {
    await expect(readListsFile('/nowhere/lists.json', builtInLists)).rejects.toThrow(
      /WHORL_NETWORK_LISTS_FILE: \/nowhere\/lists\.json cannot be read/,
    );
    const here = new URL(import.meta.url).pathname;
    await expect(readListsFile(here, builtInLists)).rejects.toThrow(/is no JSON/);
  });
});
