import type { Client } from '@colyseus/core';
import { MapSchema, StateView, schema, t } from '@colyseus/schema';
import { Avatar, write } from './tell-full.ts';
import type { MakeTeller, Walker } from './teller.ts';

const ViewState = schema({ avatars: t.map(Avatar).view() }, 'ViewState');

/** Metres at which an avatar comes into a view, and beyond which it leaves. */
const ENTER = 40;
const LEAVE = 46;

interface Looker {
  walker: Walker;
  view: StateView;
  avatar: Avatar;
  seen: Set<Looker>;
  x: number;
  z: number;
}

/** Colyseus's own interest management: a StateView for each client, with those within reach, once a tick. */
export const tellView: MakeTeller = (room) => {
  const state = new ViewState();
  state.avatars ??= new MapSchema();
  room.state = state;
  const lookers: Looker[] = [];
  const square = (v: number) => Math.floor(v / LEAVE);
  return {
    joined(client: Client, walker) {
      const avatar = new Avatar();
      state.avatars.set(`${walker.id}`, avatar);
      const view = new StateView();
      client.view = view;
      lookers.push({ walker, view, avatar, seen: new Set(), x: 0, z: 0 });
    },
    tell() {
      const squares = new Map<number, Looker[]>();
      for (const looker of lookers) {
        const { shown } = looker.walker.mover;
        write(looker.avatar, shown);
        looker.x = shown.x;
        looker.z = shown.z;
        const key = square(looker.x) * 4096 + square(looker.z);
        const others = squares.get(key);
        if (others) others.push(looker);
        else squares.set(key, [looker]);
      }
      for (const looker of lookers) look(looker, squares, square(looker.x), square(looker.z));
      return room.broadcastPatch() ? room.clients.length : 0;
    },
  };
};

function look(looker: Looker, squares: Map<number, Looker[]>, column: number, row: number): void {
  const { seen, view } = looker;
  for (const other of seen) {
    if ((other.x - looker.x) ** 2 + (other.z - looker.z) ** 2 <= LEAVE ** 2) continue;
    seen.delete(other);
    view.remove(other.avatar);
  }
  for (let c = column - 1; c <= column + 1; c++)
    for (let r = row - 1; r <= row + 1; r++)
      for (const other of squares.get(c * 4096 + r) ?? []) {
        if (other === looker || seen.has(other)) continue;
        if ((other.x - looker.x) ** 2 + (other.z - looker.z) ** 2 > ENTER ** 2) continue;
        seen.add(other);
        view.add(other.avatar);
      }
}
