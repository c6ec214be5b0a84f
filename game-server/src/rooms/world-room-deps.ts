import type { GuestRepository } from '@chatmux/db';
import type { MediaMessage, WorldMap } from '@chatmux/schema';
import type { CommandRecorder } from '../engine/command-log.ts';
import type { MediaPolicy } from '../engine/media-path.ts';
import type { Friends } from '../friends/friends.ts';
import type { ObservedRoom, RoomMetrics } from '../metrics/room-metrics.ts';
import type { OpenMedia } from '../ports/media-port.ts';
import type { World } from '../world/types.ts';
import type { BlockList } from './block-list.ts';
import type { LastingBlocks } from './room-blocks.ts';
import type { Identities } from './room-identities.ts';
import type { RoomKeeper } from './room-order.ts';
import type { TurnSettings } from './turn-credentials.ts';

/** What a world room needs from outside; main.ts gives it. */
export interface WorldRoomDeps {
  worlds: ReadonlyMap<string, WorldMap>;
  /** People in one copy of a world. */
  maxPeople: number;
  graceSeconds: number;
  mediaPolicy: MediaPolicy;
  iceServers: MediaMessage['iceServers'];
  /** Direct connections go through TURN servers alone. */
  hideAddresses: boolean;
  /** A TURN server that everybody gets credentials of their own for. */
  turn?: TurnSettings | undefined;
  openMedia: OpenMedia;
  guests: Pick<GuestRepository, 'visit'>;
  identities: Identities;
  friends: LastingBlocks & Pick<Friends, 'whereabouts'>;
  blocks: BlockList;
  order: RoomKeeper;
  /** Keeps where a guest stood when they left; done before the server stops. */
  rememberPlace(guestHash: string, place: Parameters<GuestRepository['leftAt']>[1]): Promise<void>;
  /** Wall clock, in milliseconds. */
  now(): number;
  log: { info(text: string): void; warn(text: string): void; error(text: string, error?: unknown): void };
  /** Begins to observe a room, until the metrics' `close`. */
  observe(room: ObservedRoom): RoomMetrics;
  /** Begins to record a room's world, where operators want that and it can be. */
  record(roomId: string, world: World): CommandRecorder | undefined;
  /** Told with every change, for health pages. */
  onPeople(roomId: string, count: number): void;
}
