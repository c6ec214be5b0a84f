import { expect, it } from 'vitest';
import { NEW_WISHES } from '../store/devices.ts';
import { speakerName } from './speaker-name.ts';

const SPEAKERS = [
  { deviceId: 'default', label: 'Default - Headphones (USB)' },
  { deviceId: 'a', label: 'Speakers' },
];

const nameOf = (speakers: { deviceId: string; label: string }[], id: string) =>
  speakerName({ speakers, chosen: { ...NEW_WISHES.chosen, speaker: { id, name: '' } } });

it('is the name of the one in use', () => {
  expect(nameOf(SPEAKERS, '')).toBe('Default - Headphones (USB)');
  expect(nameOf(SPEAKERS, 'a')).toBe('Speakers');
  expect(nameOf(SPEAKERS.slice(1), '')).toBe('Speakers');
});

it('is that of the system’s own while the chosen one is away', () => {
  expect(nameOf(SPEAKERS, 'gone')).toBe('Default - Headphones (USB)');
});

it('is empty while it is not known', () => {
  expect(nameOf([], '')).toBe('');
  expect(nameOf([{ deviceId: '', label: 'Speaker 1' }], '')).toBe('');
});
