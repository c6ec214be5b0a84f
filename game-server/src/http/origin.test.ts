import { describe, expect, it } from 'vitest';
import { parseHost } from './host.ts';
import { isAllowedOrigin } from './origin.ts';

describe('isAllowedOrigin', () => {
  it.each([
    ['http://chat.example', 'chat.example'],
    ['http://chat.example', 'chat.example:80'],
    ['https://chat.example', 'chat.example'],
    ['https://chat.example', 'Chat.Example:443'],
    ['http://localhost:5173', 'localhost:5173'],
    ['http://[::1]:3000', '[::1]:3000'],
    [undefined, 'chat.example'],
    ['https://friend.example', 'chat.example'],
  ])('lets %s talk to %s', (origin, host) => {
    expect(isAllowedOrigin(origin, host, ['https://friend.example'])).toBe(true);
  });

  it.each([
    ['https://evil.example', 'chat.example'],
    ['https://chat.example.evil.example', 'chat.example'],
    ['https://evilchat.example', 'chat.example'],
    ['https://sub.chat.example', 'chat.example'],
    ['http://chat.example:8080', 'chat.example'],
    ['http://chat.example', 'chat.example:443'],
    ['http://friend.example', 'chat.example'],
    ['https://friend.example:444', 'chat.example'],
    ['null', 'null'],
    ['', 'chat.example'],
    ['file://chat.example', 'chat.example'],
    ['http://chat.example', undefined],
    ['http://a b', 'a b'],
  ])('keeps %s from %s', (origin, host) => {
    expect(isAllowedOrigin(origin, host, ['https://friend.example'])).toBe(false);
  });
});

describe('parseHost', () => {
  it('writes hosts as browsers do', () => {
    expect(parseHost('CHAT.example:80', 'http:')).toBe('chat.example');
    expect(parseHost('chat.example:80', 'https:')).toBe('chat.example:80');
    expect(parseHost('[0:0:0:0:0:0:0:1]:3000', 'http:')).toBe('[::1]:3000');
  });

  it.each([
    '',
    ' ',
    'a b',
    'a;b',
    "a'b",
    'a\r\nb',
    'a/b',
    'a@b',
    'a:99999',
    'a:x',
    '[::1',
    '[zz]',
    `${'a'.repeat(300)}`,
  ])('knows that %j is none', (host) => {
    expect(parseHost(host, 'http:')).toBeUndefined();
  });
});
