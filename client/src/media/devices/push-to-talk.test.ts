import { describe, expect, it } from 'vitest';
import { TalkGate } from './push-to-talk.ts';

describe('push to talk', () => {
  it('lets everything out while it is not asked for', () => {
    const gate = new TalkGate('open');
    expect(gate.isOpen).toBe(true);
    gate.hold('key', true);
    expect(gate.isHeld).toBe(false);
    expect(gate.isOpen).toBe(true);
  });
  it('is open while anything holds it', () => {
    const gate = new TalkGate('push');
    expect(gate.isOpen).toBe(false);
    gate.hold('key', true);
    gate.hold('button', true);
    gate.hold('key', false);
    expect(gate.isOpen).toBe(true);
    gate.hold('button', false);
    expect(gate.isOpen).toBe(false);
  });
  it('closes when nobody could let go any more, and when its mode changes', () => {
    const gate = new TalkGate('push');
    gate.hold('key', true);
    gate.letGo();
    expect(gate.isOpen).toBe(false);
    gate.hold('key', true);
    gate.setMode('push');
    expect(gate.isOpen).toBe(false);
    gate.setMode('open');
    expect(gate.isOpen).toBe(true);
  });
});
