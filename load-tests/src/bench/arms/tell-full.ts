import { MapSchema, type SchemaType, schema, t } from '@colyseus/schema';
import { REACH } from './field.ts';
import type { MakeTeller, Walker } from './teller.ts';

/** As small as Colyseus's schema makes a pose: the same grain as pose frames have. */
export const Avatar = schema(
  {
    x: t.quantized({ min: -REACH, max: REACH, bits: 16 }),
    z: t.quantized({ min: -REACH, max: REACH, bits: 16 }),
    yaw: t.quantized({ min: 0, max: Math.PI * 2, bits: 8, mode: 'wrap' }),
  },
  'Avatar',
);
export type Avatar = SchemaType<typeof Avatar>;

const FullState = schema({ avatars: t.map(Avatar) }, 'FullState');

/** Plain Colyseus: everybody is told of everybody by the state's patch, once a tick. */
export const tellFull: MakeTeller = (room) => {
  const state = new FullState();
  state.avatars ??= new MapSchema();
  room.state = state;
  const told: { walker: Walker; avatar: Avatar }[] = [];
  return {
    joined(_client, walker) {
      const avatar = new Avatar();
      state.avatars.set(`${walker.id}`, avatar);
      told.push({ walker, avatar });
    },
    tell() {
      for (const { walker, avatar } of told) write(avatar, walker.mover.shown);
      return room.broadcastPatch() ? room.clients.length : 0;
    },
  };
};

/** Writes a pose; Colyseus itself leaves out what didn't change by a grain. */
export function write(avatar: Avatar, pose: { x: number; z: number; yaw: number }): void {
  avatar.x = pose.x;
  avatar.z = pose.z;
  avatar.yaw = pose.yaw;
}
