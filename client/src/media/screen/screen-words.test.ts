import { expect, it } from 'vitest';
import { shareSentence } from './screen-words.ts';

const refusal = (message: string) => ({ name: 'NotAllowedError', message });

it('says nothing when somebody closes the picker', () => {
  expect(shareSentence(refusal('Permission denied'), 900)).toBeUndefined();
  expect(shareSentence({ name: 'AbortError', message: '' }, 10)).toBeUndefined();
});

it('explains a refusal that nobody was asked about', () => {
  expect(shareSentence(refusal('Permission denied'), 4)).toContain('browser');
  expect(shareSentence(refusal('Permission denied by system'), 900)).toContain('system');
});

it('says what else went wrong', () => {
  expect(shareSentence({ name: 'NotFoundError', message: '' }, 900)).toContain('no screen');
  expect(shareSentence({ name: 'NotReadableError', message: '' }, 900)).toContain('try again');
});
