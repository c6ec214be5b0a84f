import { describe, expect, it } from 'vitest';
import { clientAddress, limitKey, writeClientAddress } from './client-address.ts';

describe('clientAddress', () => {
  const forwarded = { 'x-forwarded-for': '6.6.6.6, 2.2.2.2' };

  it('is the address of the connection, whatever the headers claim', () => {
    expect(clientAddress(forwarded, '1.1.1.1', false)).toBe('1.1.1.1');
  });

  it('is what one’s own proxy wrote last', () => {
    expect(clientAddress(forwarded, '1.1.1.1', true)).toBe('2.2.2.2');
    expect(clientAddress({ 'x-forwarded-for': 'fe80::1' }, '1.1.1.1', true)).toBe('fe80::1');
  });

  it.each([
    {},
    { 'x-forwarded-for': '' },
    { 'x-forwarded-for': '2.2.2.2, unknown' },
    { 'x-forwarded-for': '1.2.3.4:80' },
  ])('is the proxy’s own where %j names none', (headers) => {
    expect(clientAddress(headers, '1.1.1.1', true)).toBe('1.1.1.1');
  });
});

it('writeClientAddress leaves one truth', () => {
  const headers = {
    host: 'a',
    'x-forwarded-for': '6.6.6.6',
    'x-client-ip': '7.7.7.7',
    'x-real-ip': '8.8.8.8',
  };
  writeClientAddress(headers, '1.1.1.1');
  expect(headers).toEqual({ host: 'a', 'x-real-ip': '1.1.1.1' });
});

describe('limitKey', () => {
  it.each([
    ['1.2.3.4', '1.2.3.4'],
    ['::ffff:1.2.3.4', '1.2.3.4'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['1::', '1:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s counts as %s', (address, key) => {
    expect(limitKey(address)).toBe(key);
  });
});
