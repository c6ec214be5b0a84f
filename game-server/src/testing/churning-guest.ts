import { setTimeout as pause } from 'node:timers/promises';
import { GAIT, HEADING_STEPS, type JoinOptions, WORLD_ROOM } from '@chatmux/schema';
import { Roster } from '@chatmux/schema/roster';
import { Client } from 'colyseus.js';
import { Guest, joinOptions } from './guest.ts';
import { RawGuest } from './raw-guest.ts';

/** Portals of the two worlds: in front of which one arrives, and which way it lies from there. */
const PORTALS = [
  { world: 'plaza', portal: 'to-the-beach', heading: HEADING_STEPS / 4 },
  { world: 'beach', portal: 'to-the-square', heading: HEADING_STEPS / 2 },
] as const;
/** How fast people of a churn do one thing after the other, in milliseconds: they walk by the clock, as people do. */
const PACE_MS = 60;
const STEPS_A_PACE = 4;

/** What guests of a churn did. All of it must happen, or the churn shows nothing. */
export const DEEDS = [
  'arrived',
  'left',
  'walked through a portal',
  'joined by a portal',
  'came back by token',
  'joined again at once',
  'joined again when the line was gone',
  'never came back',
  'broke while coming back',
  'never said that they joined',
  'stood in a circle',
  'spoke nonsense',
] as const;
export type Deed = (typeof DEEDS)[number];

interface Churn {
  readonly url: string;
  /** True while guests go on to come. */
  readonly goesOn: () => boolean;
  readonly note: (deed: Deed) => void;
}

/** One browser that comes, walks, talks, loses its line, returns, travels and goes, as a seed wants. */
export class ChurningGuest {
  private readonly churn: Churn;
  private readonly guestKey: string;
  private readonly random: () => number;
  private turn: number;

  /** @param nth guests that differ in this begin with another way to go on */
  constructor(churn: Churn, nth: number, guestKey: string, random: () => number) {
    this.churn = churn;
    this.turn = nth;
    this.guestKey = guestKey;
    this.random = random;
  }

  /** Visits until the churn is over. */
  async live(): Promise<void> {
    while (this.churn.goesOn()) {
      let guest: Guest | undefined = await this.join(this.chance(0.5) ? {} : this.oneOf(PORTALS));
      while (guest) {
        await this.spend(guest);
        guest = this.churn.goesOn() ? await this.goOn(guest) : await this.leave(guest);
      }
    }
  }

  /** Some seconds of walking, standing about and talking. */
  private async spend(guest: Guest): Promise<void> {
    const portal = PORTALS.find(({ world }) => world === guest.of('welcome')[0]?.worldId) ?? PORTALS[0];
    const strolls = this.chance(0.6);
    let step = 0;
    for (let paces = this.below(40); paces > 0 && guest.of('travel').length === 0; paces--) {
      step += STEPS_A_PACE;
      const heading = strolls ? this.below(HEADING_STEPS) : portal.heading;
      const gait = strolls ? this.oneOf([GAIT.stand, GAIT.stand, GAIT.walk]) : GAIT.run;
      this.say(guest, 'input', { seq: step, step, gait, heading });
      if (this.chance(0.5)) this.talk(guest);
      if (guest.room.state.people.get(String(guest.id))?.circle) this.churn.note('stood in a circle');
      await pause(PACE_MS);
    }
    if (guest.closedWith !== undefined) throw new Error(`a line broke unasked: ${guest.closedWith}`);
  }

  private talk(guest: Guest): void {
    const ids = [...guest.room.state.people.values()].map(({ id }) => id);
    const circles = [...guest.room.state.circles.values()].map(({ id }) => id);
    const on = this.chance(0.5);
    const id = this.oneOf([...ids, 65_535]);
    const circle = this.oneOf([...circles, 1]);
    this.oneOf([
      () => this.say(guest, 'devices', { mic: on, cam: this.chance(0.5), screen: this.chance(0.2) }),
      () => this.say(guest, 'status', { deaf: on, busy: this.chance(0.1) }),
      () => this.say(guest, 'speaking', { on }),
      () => this.say(guest, 'block', { id, on }),
      () => this.say(guest, 'circle', { do: on ? 'lock' : 'unlock' }),
      () => this.say(guest, 'circle', { do: 'knock', circle }),
      () => this.say(guest, 'circle', { do: on ? 'let-in' : 'turn-away', id }),
      () => {
        this.say(guest, this.oneOf(['input', 'rtc', 'nothing', 'signal']), { what: [id] });
        this.churn.note('spoke nonsense');
      },
    ])();
  }

  /** What comes after a while in a world. @returns the guest where they are now; undefined when they are gone */
  private async goOn(guest: Guest): Promise<Guest | undefined> {
    const travel = guest.of('travel')[0];
    if (travel) {
      this.churn.note('walked through a portal');
      await guest.leave();
      return this.join(travel);
    }
    // One way after the other, so that all of them come even in a short churn.
    this.turn += 1;
    return this.ways[this.turn % this.ways.length]?.(guest);
  }

  private readonly ways: readonly ((guest: Guest) => Promise<Guest | undefined>)[] = [
    (guest) => this.leave(guest),
    async (guest) => {
      this.churn.note('joined by a portal');
      await guest.leave();
      const { world, portal } = this.oneOf(PORTALS);
      return this.join({ world, portal });
    },
    async (guest) => {
      this.churn.note('joined again at once');
      const again = await this.join();
      // Were both lines to break at once, either seat might be the one that is kept.
      await this.loseLine(guest);
      return again;
    },
    async (guest) => this.comeBack(await this.loseLine(guest)),
    (guest) => this.neverSayJoined(guest),
    async (guest) => {
      this.churn.note('broke while coming back');
      (await RawGuest.comeBack(this.churn.url, await this.loseLine(guest))).socket.destroy();
      return this.chance(0.5) ? this.join() : undefined;
    },
    async (guest) => {
      this.churn.note('joined again when the line was gone');
      await this.loseLine(guest);
      return this.join();
    },
    async (guest) => {
      this.churn.note('never came back');
      this.drop(guest);
      return undefined;
    },
  ];

  private async join({ world, portal }: Pick<JoinOptions, 'world' | 'portal'> = {}): Promise<Guest> {
    const name = `Guest ${this.guestKey.slice(-3)}`;
    const where = { ...(world && { world }), ...(portal && { portal }) };
    const guest = await Guest.join(this.churn.url, { name, guestKey: this.guestKey, ...where });
    this.churn.note('arrived');
    return guest;
  }

  private async leave(guest: Guest): Promise<undefined> {
    await guest.leave();
    this.churn.note('left');
  }

  private async comeBack(token: string): Promise<Guest> {
    const guest = new Guest(await new Client(this.churn.url).reconnect<Roster>(token, Roster));
    this.churn.note('came back by token');
    return guest;
  }

  /** A second connection of theirs that takes a seat and breaks before it was ever quite there. */
  private async neverSayJoined(guest: Guest): Promise<undefined> {
    const options = joinOptions({ name: 'Raw', guestKey: this.guestKey });
    const raw = await RawGuest.join(this.churn.url, WORLD_ROOM, options);
    raw.socket.destroy();
    this.churn.note('never said that they joined');
    return this.leave(guest);
  }

  private drop(guest: Guest): void {
    guest.room.connection.close();
  }

  /** Breaks the line, and waits until the server has ended it from its side. @returns what one comes back with */
  private async loseLine(guest: Guest): Promise<string> {
    const token = guest.room.reconnectionToken;
    this.drop(guest);
    while (guest.closedWith === undefined) await pause(PACE_MS);
    await pause(PACE_MS);
    return token;
  }

  private say(guest: Guest, type: string, message: object): void {
    if (guest.closedWith === undefined) guest.room.send(type, message);
  }

  private below = (limit: number): number => Math.floor(this.random() * limit);
  private chance = (share: number): boolean => this.random() < share;

  private oneOf<T>(these: readonly T[]): T {
    return these[this.below(these.length)] as T;
  }
}
