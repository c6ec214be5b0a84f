import type { PersonId, Seconds } from '@chatmux/schema';
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DynamicDrawUsage,
  Mesh,
  ShaderMaterial,
  UniformsLib,
  UniformsUtils,
} from 'three';
import type { SimView } from '../../sim/types.ts';
import { circleColour } from '../../store/circle-colours.ts';
import { circleMembers } from '../../store/circle-members.ts';
import type { AppState } from '../../store/types.ts';
import { ACCENT } from '../palette.ts';
import { CORNER_COS, CORNER_SIN, cornerOf, DIRECTIONS, type Place, reachFor } from './circle-outline.ts';
import { RING_FRAGMENT, RING_VERTEX } from './circle-shader.ts';
import { easeShare } from './motion.ts';

/** Most circles drawn at once, our own first. */
const CAPACITY = 64;
/** The rim keeps this far from who stands in the circle, in metres, and breathes by so much. */
const MARGIN = 0.95;
const BREATH = 0.035;
/** How far the ribbon reaches to each side of the rim, in metres. */
const INSIDE = 0.5;
const OUTSIDE = 0.3;
/** Length of a dash with its gap, in metres. */
const DASH = 0.55;
/** A voice lights the rim this far around it; an open ring opens this far around who comes near. In metres. */
const GLOW_REACH = 1.5;
const GAP_REACH = 1.35;
const FOLLOW_PER_SECOND = 12;
const FADE_PER_SECOND = 6;
const COLUMNS = DIRECTIONS + 1;
const VERTICES = COLUMNS * 3;

interface Ring {
  readonly id: number;
  readonly reaches: Float64Array;
  readonly colour: Color;
  /** 0 gone to 1 there; 0 open to 1 locked. */
  alpha: number;
  locked: number;
  members: PersonId[];
}

const SPEAKING = new Color(ACCENT.speaking);
const corner: Place = { x: 0, z: 0 };

/** Soft rings on the ground around people who stand together: one mesh, one draw call for all. */
export class CircleRings {
  readonly mesh: Mesh;
  private readonly rings = new Map<number, Ring>();
  private readonly places = new BufferAttribute(new Float32Array(CAPACITY * VERTICES * 3), 3);
  /** Metres outside the rim, dashes along it, light of voices, opening. */
  private readonly rims = new BufferAttribute(new Float32Array(CAPACITY * VERTICES * 4), 4);
  private readonly tones = new BufferAttribute(new Float32Array(CAPACITY * VERTICES * 4), 4);
  private readonly locks = new BufferAttribute(new Float32Array(CAPACITY * VERTICES), 1);
  private readonly attributes = [this.places, this.rims, this.tones, this.locks];
  private peopleSeen: AppState['people'] | undefined;
  private used = 0;
  private seconds = 0;
  /** Where members stand this frame, and how loud each is: filled anew for each ring, never made anew. */
  private readonly standing: Place[] = [];
  private readonly voices: number[] = [];

  constructor() {
    const geometry = new BufferGeometry();
    for (const attribute of this.attributes) attribute.setUsage(DynamicDrawUsage);
    geometry.setAttribute('position', this.places);
    geometry.setAttribute('rim', this.rims);
    geometry.setAttribute('tone', this.tones);
    geometry.setAttribute('locked', this.locks);
    geometry.setIndex(ribbons());
    const material = new ShaderMaterial({
      vertexShader: RING_VERTEX,
      fragmentShader: RING_FRAGMENT,
      uniforms: UniformsUtils.merge([UniformsLib.fog, { speaking: { value: SPEAKING } }]),
      transparent: true,
      depthWrite: false,
      fog: true,
      polygonOffset: true,
      polygonOffsetFactor: -1,
      polygonOffsetUnits: -1,
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 0.5;
  }

  /**
   * Draws all circles in sight.
   * @param voiceOf how much of a voice shows at a person, 0 to 1
   * @param still no breathing
   */
  draw(
    sim: SimView,
    state: AppState,
    voiceOf: (id: PersonId) => number,
    seconds: Seconds,
    still: boolean,
  ): void {
    if (state.people !== this.peopleSeen) {
      this.peopleSeen = state.people;
      this.regroup(state);
    }
    this.seconds = (this.seconds + seconds) % 3600;
    this.used = 0;
    const mine = state.me === undefined ? 0 : (state.people[state.me]?.circle ?? 0);
    const own = this.rings.get(mine);
    if (own) this.drawRing(own, sim, state, voiceOf, seconds, still, true);
    for (const ring of this.rings.values())
      if (ring !== own) this.drawRing(ring, sim, state, voiceOf, seconds, still, false);
    this.mesh.geometry.setDrawRange(0, this.used * DIRECTIONS * 12);
    this.mesh.visible = this.used > 0;
    for (const attribute of this.attributes) {
      attribute.clearUpdateRanges();
      attribute.addUpdateRange(0, this.used * VERTICES * attribute.itemSize);
      attribute.needsUpdate = true;
    }
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    (this.mesh.material as ShaderMaterial).dispose();
  }

  private regroup({ people }: AppState): void {
    const members = circleMembers(people);
    for (const ring of this.rings.values()) if (!members.has(ring.id)) ring.members = [];
    for (const [id, persons] of members) {
      const ids = persons.map((person) => person.id);
      const ring = this.rings.get(id);
      if (ring) ring.members = ids;
      else
        this.rings.set(id, {
          id,
          reaches: new Float64Array(DIRECTIONS),
          colour: new Color(circleColour(id)),
          alpha: 0,
          locked: 0,
          members: ids,
        });
    }
  }

  private drawRing(
    ring: Ring,
    sim: SimView,
    state: AppState,
    voiceOf: (id: PersonId) => number,
    seconds: Seconds,
    still: boolean,
    mine: boolean,
  ): void {
    const { standing, voices } = this;
    let count = 0;
    for (const id of ring.members) {
      const body = id === state.me ? sim.me : sim.others.get(id);
      if (!body) continue;
      const place = standing[count] ?? { x: 0, z: 0 };
      place.x = body.x;
      place.z = body.z;
      standing[count] = place;
      voices[count] = voiceOf(id);
      count++;
    }
    const fade = easeShare(FADE_PER_SECOND, seconds);
    ring.alpha += ((count > 0 ? 1 : 0) - ring.alpha) * fade;
    if (count === 0 && ring.alpha < 0.02) {
      ring.alpha = 0;
      if (ring.members.length === 0) this.rings.delete(ring.id);
      return;
    }
    const locked = state.circles[ring.id]?.locked === true;
    ring.locked += ((locked ? 1 : 0) - ring.locked) * (still ? 1 : fade);
    if (count > 0) {
      const breath = still ? 0 : Math.sin(this.seconds * 1.4 + ring.id) * BREATH;
      // A ring that was not there before appears where people stand; one that was follows them.
      const follow = ring.alpha < 0.25 || still ? 1 : easeShare(FOLLOW_PER_SECOND, seconds);
      reachFor(ring.reaches, standing, count, MARGIN + breath, follow);
    }
    if (this.used >= CAPACITY) return;
    this.write(ring, count, mine ? undefined : sim.me, mine ? 1 : 0.8);
    this.used++;
  }

  /** @param comer who might walk in: an open ring opens towards them */
  private write(ring: Ring, count: number, comer: Place | undefined, strength: number): void {
    const { places, rims, tones, locks, standing, voices } = this;
    const { colour, reaches } = ring;
    const first = this.used * VERTICES;
    let [middleX, middleZ] = [0, 0];
    let along = 0;
    let [beforeX, beforeZ] = [0, 0];
    for (let column = 0; column <= DIRECTIONS; column++) {
      const k = column % DIRECTIONS;
      const { x, z } = cornerOf(reaches, k, corner);
      if (column > 0) along += Math.hypot(x - beforeX, z - beforeZ);
      [beforeX, beforeZ] = [x, z];
      if (column < DIRECTIONS) {
        middleX += x / DIRECTIONS;
        middleZ += z / DIRECTIONS;
      }
      let glow = 0;
      for (let i = 0; i < count; i++) {
        const place = standing[i];
        const voice = voices[i] ?? 0;
        if (place && voice > 0.01)
          glow = Math.max(glow, voice * near(Math.hypot(place.x - x, place.z - z), GLOW_REACH));
      }
      const gap = comer ? near(Math.hypot(comer.x - x, comer.z - z) - 0.4, GAP_REACH) : 0;
      const [nx, nz] = [CORNER_COS[k] ?? 0, CORNER_SIN[k] ?? 0];
      for (let row = 0; row < 3; row++) {
        const vertex = first + column * 3 + row;
        const out = row === 0 ? OUTSIDE : -INSIDE;
        if (row < 2) places.setXYZ(vertex, x + nx * out, 0.02, z + nz * out);
        rims.setXYZW(vertex, row === 2 ? -2 : out, along, glow, gap);
        tones.setXYZW(vertex, colour.r, colour.g, colour.b, ring.alpha * strength);
        locks.setX(vertex, ring.locked);
      }
    }
    // Whole dashes only, so that the last one meets the first.
    const dashes = Math.max(3, Math.round(along / DASH)) / Math.max(along, 0.01);
    for (let column = 0; column <= DIRECTIONS; column++) {
      const vertex = first + column * 3;
      for (let row = 0; row < 3; row++) rims.setY(vertex + row, rims.getY(vertex + row) * dashes);
      places.setXYZ(vertex + 2, middleX, 0.02, middleZ);
    }
  }
}

/** 1 at hand, 0 from `reach` on, soft between. */
function near(distance: number, reach: number): number {
  const t = Math.min(1, Math.max(0, 1 - distance / reach));
  return t * t * (3 - 2 * t);
}

/** Triangles of all ribbons: from the outer row to the inner, from there to the middle. */
function ribbons(): BufferAttribute {
  const index = new Uint16Array(CAPACITY * DIRECTIONS * 12);
  let at = 0;
  for (let ring = 0; ring < CAPACITY; ring++)
    for (let column = 0; column < DIRECTIONS; column++)
      for (const row of [0, 1]) {
        const a = ring * VERTICES + column * 3 + row;
        const b = a + 3;
        // Seen from above, the outline runs the same way round as a clock: facing up.
        index.set([a, b, a + 1, b, b + 1, a + 1].toReversed(), at);
        at += 6;
      }
  return new BufferAttribute(index, 1);
}
