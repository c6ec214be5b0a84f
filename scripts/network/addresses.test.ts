import type { NetworkInterfaceInfo } from 'node:os';
import { describe, expect, it } from 'vitest';
import { lanAddresses, urlHost } from './addresses.ts';

function ipv4(address: string, internal = false): NetworkInterfaceInfo {
  return {
    family: 'IPv4',
    address,
    internal,
    netmask: '255.255.255.0',
    mac: '00:00:00:00:00:00',
    cidr: `${address}/24`,
  };
}

describe('lanAddresses', () => {
  it('puts real interfaces first, leaves out loopback, link-local and IPv6', () => {
    const addresses = lanAddresses({
      docker0: [ipv4('172.17.0.1')],
      lo: [ipv4('127.0.0.1', true)],
      eth1: [ipv4('169.254.7.7')],
      wlan0: [ipv4('192.168.1.23'), { ...ipv4('x'), family: 'IPv6', address: 'fe80::1', scopeid: 2 }],
      ppp0: [ipv4('203.0.113.9')],
    });
    expect(addresses).toEqual(['192.168.1.23', '203.0.113.9', '172.17.0.1']);
  });

  it('gives none on a machine without a network', () => {
    expect(lanAddresses({ lo: [ipv4('127.0.0.1', true)] })).toEqual([]);
  });
});

describe('urlHost', () => {
  it('puts IPv6 in brackets', () => {
    expect([urlHost('::1'), urlHost('127.0.0.1'), urlHost('localhost')]).toEqual([
      '[::1]',
      '127.0.0.1',
      'localhost',
    ]);
  });
});
