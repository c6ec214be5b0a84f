import { describe, expect, it } from 'vitest';
import { findChosen, tellsNames } from './chosen-device.ts';

const USB = { deviceId: 'u1', label: 'USB microphone' };
const BUILT_IN = { deviceId: 'b1', label: 'Built-in' };

describe('a chosen device', () => {
  it('is found by its id, whatever it is called now', () => {
    expect(findChosen({ id: 'u1', name: 'Old name' }, [BUILT_IN, USB])).toBe(USB);
  });
  it('is found by its name where browsers gave it another id', () => {
    expect(findChosen({ id: 'u0', name: 'USB microphone' }, [BUILT_IN, USB])).toBe(USB);
  });
  it('is not taken for another one', () => {
    const twin = { deviceId: 'u2', label: 'USB microphone' };
    expect(findChosen({ id: 'u0', name: 'USB microphone' }, [USB, twin])).toBeUndefined();
    expect(findChosen({ id: 'gone', name: '' }, [{ deviceId: 'x', label: '' }])).toBeUndefined();
    expect(
      findChosen({ id: 'gone', name: 'USB microphone' }, [{ deviceId: '', label: 'USB microphone' }]),
    ).toBe(undefined);
  });
  it('is nothing where the browser chooses', () => {
    expect(findChosen({ id: '', name: 'USB microphone' }, [USB])).toBeUndefined();
  });
  it('is missing only from a list that tells names', () => {
    expect(tellsNames([{ deviceId: '', label: 'Speaker 1' }])).toBe(false);
    expect(tellsNames([USB])).toBe(true);
  });
});
