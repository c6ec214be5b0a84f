import type { CircleMessage, StatusMessage } from '@chatmux/schema';
import type { DebugFacts } from './debug-facts.ts';

/**
 * What panels may ask for. `app` provides it, `ui` calls it: ui imports this type and the hook only.
 */
export interface Actions {
  /** Enters the world with the profile in the store. */
  enter(): void;
  /** Leaves the world for the lobby. */
  leave(): void;
  /** Tries at once after the connection was given up. */
  reconnect(): void;
  setMic(on: boolean): void;
  setCam(on: boolean): void;
  /** Lets one choose what to share, or ends it. Call it in a gesture. */
  shareScreen(on: boolean): void;
  chooseDevice(which: 'micId' | 'camId' | 'speakerId', deviceId: string): void;
  setCleanUp(on: boolean): void;
  /** Level of our own microphone now, 0 to 1: polled by meters. */
  micLevel(): number;
  /** Loudness of a person's voice as it reaches us now, 0 to 1. */
  voiceLevel(id: number): number;
  /** Walks up to a person in the world. */
  walkToPerson(id: number): void;
  /** A joystick: x to the right, y away from the camera, each −1 to 1; zero lets go. */
  setJoystick(x: number, y: number): void;
  /** How much of others we want; both off is the usual. Kept over a change of world. */
  setStatus(status: StatusMessage): void;
  /** Neither hears nor sees somebody any more, and they neither hear nor see us; or again. */
  setBlocked(id: number, on: boolean): void;
  /** Locks or unlocks our circle, knocks at another, answers a knock. */
  circle(ask: CircleMessage): void;
  /** What the developer panel draws; undefined before the world is there. */
  debug(): DebugFacts | undefined;
  /** Facts for the developer panel, as label and value. */
  inspect(): { group: string; label: string; value: string }[];
}
