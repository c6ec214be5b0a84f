import type { PictureCodec } from '@chatmux/schema';
import { patch, useApp } from '../../store/store.ts';
import { Choices } from './choices.tsx';

const codecs: { value: PictureCodec; label: string }[] = [
  { value: 'vp8', label: 'Light' },
  { value: 'vp9', label: 'Sharp' },
];

/** How cameras are coded: easier for the machine, or better over a weak line. */
export function PictureChoice() {
  const value = useApp(({ settings }) => settings.pictures);
  return (
    <Choices
      label="Video"
      hint={
        value === 'vp8'
          ? 'VP8: easy on every machine.'
          : 'VP9: sharper over a weak line, more work for your machine. Used while everyone near you chose it, too.'
      }
      options={codecs}
      value={value}
      change={(next) => patch('settings', { pictures: next })}
    />
  );
}
