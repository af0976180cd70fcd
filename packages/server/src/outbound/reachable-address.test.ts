import { describe, expect, it } from 'vitest';
import { isReachableAddress } from './reachable-address.ts';

describe('isReachableAddress', () => {
  it.each([
    ['8.8.8.8', 'public IPv4'],
    ['1.1.1.1', 'public IPv4'],
    ['172.32.0.1', 'just above the private range'],
    ['100.128.0.1', 'just above carrier-grade NAT'],
    ['2606:4700:4700::1111', 'public IPv6'],
    ['::ffff:8.8.8.8', 'public IPv4, mapped'],
    ['64:ff9b::8.8.8.8', 'public IPv4 behind NAT64'],
  ])('lets %s through: %s', (address) => {
    expect(isReachableAddress(address)).toBe(true);
  });

  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'unspecified: the machine itself'],
    ['0.1.2.3', 'this network'],
    ['::', 'unspecified'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.1.1', 'private'],
    ['fd00::1', 'unique local'],
    ['fc00::1', 'unique local'],
    ['fec0::1', 'site-local, deprecated'],
    ['169.254.1.1', 'link-local'],
    ['169.254.169.254', 'the metadata of clouds'],
    ['fd00:ec2::254', 'the metadata of AWS by IPv6'],
    ['100.100.100.200', 'the metadata of Alibaba Cloud, in carrier-grade NAT'],
    ['168.63.129.16', 'the platform of Azure'],
    ['192.0.0.192', 'the metadata of Oracle Cloud, in the protocol assignments'],
    ['fe80::1', 'link-local'],
    ['100.64.0.1', 'carrier-grade NAT'],
    ['224.0.0.1', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['240.0.0.1', 'reserved'],
    ['198.18.0.1', 'benchmarks'],
    ['192.0.2.1', 'documentation'],
    ['203.0.113.1', 'documentation'],
    ['2001:db8::1', 'documentation'],
    ['192.88.99.1', '6to4 relays'],
    ['::ffff:127.0.0.1', 'loopback, mapped'],
    ['::ffff:7f00:1', 'loopback, mapped, in hexadecimal'],
    ['::ffff:10.0.0.1', 'private, mapped'],
    ['::127.0.0.1', 'loopback, in the deprecated compatible form'],
    ['::ffff:0:127.0.0.1', 'loopback, translated'],
    ['64:ff9b::127.0.0.1', 'loopback behind NAT64'],
    ['64:ff9b::a9fe:a9fe', 'metadata behind NAT64'],
    ['64:ff9b::10.0.0.1', 'private behind NAT64'],
    ['64:ff9b:1::8.8.8.8', 'NAT64 of the local network'],
    ['2002:7f00:1::', 'loopback through 6to4'],
    ['2002:808:808::', '6to4 at all'],
    ['2001::1', 'Teredo'],
    ['100::1', 'discard'],
    ['4000::1', 'not assigned'],
    ['localhost', 'no address'],
    ['', 'no address'],
  ])('stops %s: %s', (address) => {
    expect(isReachableAddress(address)).toBe(false);
  });
});
