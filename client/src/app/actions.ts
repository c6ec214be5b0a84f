import type { CircleMessage, Friend, ModerateMessage, StatusMessage } from '@chatmux/schema';
import type { AccountActions } from '../account/account.ts';
import type { FriendActions } from '../friends/friends.ts';
import type { OrderActions } from '../order/order.ts';
import type { Cleaning, DeviceKind, TalkMode, VoiceProfile } from '../store/devices.ts';
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
  chooseDevice(kind: DeviceKind, deviceId: string): void;
  setCleaning(cleaning: Cleaning): void;
  setProfile(profile: VoiceProfile): void;
  /** Heard while the microphone is on, or only while a key or a button is held. */
  setTalk(mode: TalkMode): void;
  /** Push to talk: the key or the button is held, or let go. */
  holdToTalk(holder: 'key' | 'button', on: boolean): void;
  /** Plays something short on the chosen speaker; false where it could not. Call it in a gesture. */
  testSpeaker(): Promise<boolean>;
  /** What our own microphone hears now, sent or not, 0 to 1: polled by meters. */
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
  /** As a moderator: something about somebody who is here. */
  moderate(message: ModerateMessage): void;
  /** How the world is kept in order, for its keepers; and invites, for all. */
  order: OrderActions;
  acceptInvite(): void;
  forgetInvite(secret: string): void;
  /** Signing in and out, and what belongs to one's identity. */
  account: AccountActions;
  /** What may be done about friends. */
  friends: FriendActions;
  /** Goes to a friend who is in a world: through worlds, or on foot where they are in this one. */
  goToFriend(friend: Friend): void;
  /** What the developer panel draws; undefined before the world is there. */
  debug(): DebugFacts | undefined;
  /** Facts for the developer panel, as label and value. */
  inspect(): { group: string; label: string; value: string }[];
}
