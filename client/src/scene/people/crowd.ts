import type { Milliseconds, PersonId, Seconds } from '@chatmux/schema';
import { Color, Group, type PerspectiveCamera } from 'three';
import type { ShownBody, SimView } from '../../sim/types.ts';
import { isSpeaking } from '../../store/speaking.ts';
import type { AppState, PersonView } from '../../store/types.ts';
import { type Blockers, clearDistance } from '../camera-ray.ts';
import { ACCENT } from '../palette.ts';
import { CircleRings } from './circle-rings.ts';
import { CROWD_CAPACITY, CrowdMesh } from './crowd-mesh.ts';
import { GroundMarks } from './ground-marks.ts';
import { ATTENTION_METRES, type Motion, moveMotion, startMotion } from './motion.ts';
import { NameTags } from './name-tags.ts';
import { ScreenBoards } from './screen-boards.ts';
import { VideoCards } from './video-cards.ts';

/** What a frame of the crowd needs to know. */
export interface CrowdFrame {
  sim: SimView;
  state: AppState;
  camera: PerspectiveCamera;
  blockers: Blockers;
  /** Size of the picture in CSS pixels. */
  width: number;
  height: number;
  /** Lines of the canvas it is drawn on. */
  lines: number;
  nowMs: Milliseconds;
  seconds: Seconds;
  /** No idle motion. */
  still: boolean;
  /** Soft blots under people, where they cast no shadow. */
  blots: boolean;
  /** People farther than this are not drawn. */
  far: number;
}

const SPEAKING = new Color(ACCENT.speaking);
const HEARD = new Color(ACCENT.heard);
const YOU = new Color(ACCENT.you);
const SHADE = new Color('#3b2f2a');
/** Closer than this the camera would be inside our own head. */
const HIDE_ME_METRES = 1.15;
const FORGET_FRAMES = 120;

/** Everyone in sight: bodies, names, cards, rings. */
export class Crowd {
  readonly group = new Group();
  readonly tags = new NameTags();
  readonly cards = new VideoCards();
  readonly screens = new ScreenBoards();
  private readonly bodies = new CrowdMesh();
  private readonly marks = new GroundMarks(CROWD_CAPACITY * 2 + 2);
  private readonly rings = new CircleRings();
  private readonly motions = new Map<PersonId, Motion>();
  /** Whose voice we hear, from the list of those near. */
  private readonly heard = new Set<PersonId>();
  private nearSeen: AppState['near'] | undefined;
  /** Who speaks, ourselves included. */
  private readonly speakers = new Set<PersonId>();
  private peopleSeen: AppState['people'] | undefined;
  private speakingSeen: AppState['speaking'] | undefined;
  private blockedSeen: AppState['blocked'] | undefined;
  private frame = 0;
  private behindWall = new Set<PersonId>();
  private checkNext = 0;

  constructor() {
    this.group.add(this.bodies.group, this.rings.mesh, this.marks.mesh, this.cards.group, this.screens.group);
  }

  set castShadow(on: boolean) {
    this.bodies.castShadow = on;
  }

  draw(f: CrowdFrame): void {
    this.frame++;
    const { sim, state } = f;
    if (state.near !== this.nearSeen) {
      this.nearSeen = state.near;
      this.heard.clear();
      for (const person of state.near) if (person.heard) this.heard.add(person.id);
    }
    if (
      state.people !== this.peopleSeen ||
      state.speaking !== this.speakingSeen ||
      state.blocked !== this.blockedSeen
    ) {
      this.blockedSeen = state.blocked;
      this.peopleSeen = state.people;
      this.speakingSeen = state.speaking;
      this.speakers.clear();
      for (const key in state.people) if (isSpeaking(state, Number(key))) this.speakers.add(Number(key));
    }
    this.bodies.begin();
    this.marks.begin();
    this.cards.begin();
    this.tags.begin();
    if (state.me !== undefined) this.drawPerson(f, state.me, sim.me, state.people[state.me], true);
    let index = 0;
    for (const [id, body] of sim.others) {
      if (id === state.me) continue;
      this.drawPerson(f, id, body, state.people[id], false);
      // One look through the walls a frame is enough: names fade, they don't jump.
      if (index++ === this.checkNext) this.look(f, id, body);
    }
    this.checkNext = index === 0 ? 0 : (this.checkNext + 1) % index;
    if (sim.goal) {
      const pulse = f.still ? 0.5 : 0.5 + 0.5 * Math.sin(f.nowMs * 0.006);
      this.marks.add(sim.goal.x, sim.goal.z, 0.34 + pulse * 0.08, YOU, 0.85, 0.62);
    }
    this.rings.draw(sim, state, this.voiceOf, f.seconds, f.still);
    this.screens.draw(sim, state.me, f.seconds, f.still, f.camera, f.lines);
    this.bodies.end();
    this.marks.end();
    this.tags.end();
    if (this.frame % FORGET_FRAMES === 0) this.forget();
  }

  dispose(): void {
    this.bodies.dispose();
    this.marks.dispose();
    this.rings.dispose();
    this.cards.dispose();
    this.screens.dispose();
    this.tags.dispose();
  }

  private readonly voiceOf = (id: PersonId): number => this.motions.get(id)?.voice ?? 0;

  private drawPerson(
    f: CrowdFrame,
    id: PersonId,
    body: ShownBody,
    person: PersonView | undefined,
    me: boolean,
  ): void {
    const { camera, state } = f;
    const away = Math.hypot(body.x - camera.position.x, body.z - camera.position.z);
    if (away > f.far) return;
    let motion = this.motions.get(id);
    if (!motion) {
      motion = startMotion(id, body.yaw);
      this.motions.set(id, motion);
    }
    motion.seen = this.frame;
    const speaking = this.speakers.has(id);
    moveMotion(motion, body, speaking, this.attention(f, id, body, me), f.still, Math.min(0.1, f.seconds));
    const here = person?.here ?? true;
    if (!me || away > HIDE_ME_METRES) this.bodies.draw(body, motion, person?.colour ?? 0, here, f.still);
    this.mark(f, body, motion, me, here);
    if (!person || me) return;
    if (state.settings.nameTags)
      this.tags.place(person, body.x, body.z, speaking, this.behindWall.has(id), camera, f.width, f.height);
    this.cards.place(id, body.x, body.z, motion.voice, camera, f.lines);
  }

  private mark(f: CrowdFrame, body: ShownBody, motion: Motion, me: boolean, here: boolean): void {
    if (f.blots) this.marks.add(body.x, body.z, 0.52, SHADE, here ? 0.5 : 0.2, 0);
    if (!here) return;
    const breath = f.still ? 0 : Math.sin(motion.age * 3) * 0.03;
    const { voice } = motion;
    if (voice > 0.02) this.marks.add(body.x, body.z, 0.66 + breath + voice * 0.1, SPEAKING, voice, 0.72);
    if (me) this.marks.add(body.x, body.z, 0.6, YOU, 0.55 * (1 - voice), 0.8);
    else if (this.heard.has(motion.id)) this.marks.add(body.x, body.z, 0.6, HEARD, 0.6 * (1 - voice), 0.8);
  }

  /** Where somebody turns their head: we look where we steer, others at who speaks nearby. */
  private attention(f: CrowdFrame, id: PersonId, body: ShownBody, me: boolean): number | undefined {
    if (me) return f.still || body.speed > 0.4 ? undefined : this.towardsSpeaker(f, id, body);
    return this.towardsSpeaker(f, id, body);
  }

  private towardsSpeaker(f: CrowdFrame, id: PersonId, body: ShownBody): number | undefined {
    const { sim, state } = f;
    let nearest = ATTENTION_METRES;
    let yaw: number | undefined;
    for (const other of this.speakers) {
      if (other === id) continue;
      const there = other === state.me ? sim.me : sim.others.get(other);
      if (!there) continue;
      const distance = Math.hypot(there.x - body.x, there.z - body.z);
      if (distance >= nearest) continue;
      nearest = distance;
      yaw = Math.atan2(there.x - body.x, there.z - body.z);
    }
    return yaw;
  }

  private look(f: CrowdFrame, id: PersonId, body: ShownBody): void {
    const { position } = f.camera;
    const [dx, dy, dz] = [body.x - position.x, 1.4 - position.y, body.z - position.z];
    const distance = Math.hypot(dx, dy, dz);
    if (distance < 0.5) return;
    const free = clearDistance(
      f.blockers,
      position.x,
      position.y,
      position.z,
      dx / distance,
      dy / distance,
      dz / distance,
      distance,
      0,
    );
    if (free < distance - 0.05) this.behindWall.add(id);
    else this.behindWall.delete(id);
  }

  private forget(): void {
    for (const motion of this.motions.values())
      if (this.frame - motion.seen > FORGET_FRAMES) {
        this.motions.delete(motion.id);
        this.behindWall.delete(motion.id);
      }
  }
}
