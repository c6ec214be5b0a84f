import { expect, it } from 'vitest';
import { speakerName } from './speaker-name.ts';

const SPEAKERS = [
  { deviceId: 'default', label: 'Default - Headphones (USB)' },
  { deviceId: 'a', label: 'Speakers' },
];

it('is the name of the one in use', () => {
  expect(speakerName({ speakers: SPEAKERS, speakerId: '' })).toBe('Default - Headphones (USB)');
  expect(speakerName({ speakers: SPEAKERS, speakerId: 'a' })).toBe('Speakers');
  expect(speakerName({ speakers: SPEAKERS.slice(1), speakerId: '' })).toBe('Speakers');
});

it('is empty while it is not known', () => {
  expect(speakerName({ speakers: [], speakerId: '' })).toBe('');
  expect(speakerName({ speakers: SPEAKERS, speakerId: 'gone' })).toBe('');
  expect(speakerName({ speakers: [{ deviceId: '', label: 'Speaker 1' }], speakerId: '' })).toBe('');
});
