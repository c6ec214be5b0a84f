import type { Metres, PersonId, Seconds } from '@chatmux/schema';
import {
  BoxGeometry,
  CanvasTexture,
  Group,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  type PerspectiveCamera,
  PlaneGeometry,
  SRGBColorSpace,
  VideoTexture,
} from 'three';
import type { SimView } from '../../sim/types.ts';
import { drawnPictures } from '../../store/drawn-pictures.ts';
import type { AppState } from '../../store/types.ts';
import { linesOf } from './drawn-lines.ts';
import { placeScreens, SCREEN_HEIGHT, SCREEN_WIDTH, type StandingScreen } from './screen-places.ts';

/** Bottom of a screen above the ground. */
const BOTTOM: Metres = 0.72;
const MIDDLE: Metres = BOTTOM + SCREEN_HEIGHT / 2;
const RIM: Metres = 0.05;
const PLATE = { width: 1.5, height: 0.19 } as const;
/** A screen that is put up elsewhere glides there in about this long. */
const GLIDE_SECONDS: Seconds = 0.22;
const SHAPE = SCREEN_WIDTH / SCREEN_HEIGHT;

interface Board {
  readonly stream: MediaStream;
  readonly name: string;
  readonly video: HTMLVideoElement;
  readonly texture: VideoTexture;
  readonly plate: CanvasTexture;
  readonly picture: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly sign: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly group: Group;
  placed: boolean;
}

/** Shared screens that stand in the world beside who shares them, each with a plate that says whose it is. */
export class ScreenBoards {
  readonly group = new Group();
  private readonly boards = new Map<PersonId, Board>();
  private standing = new Map<PersonId, StandingScreen>();
  private readonly plane = new PlaneGeometry(1, 1);
  private readonly frame = new BoxGeometry(SCREEN_WIDTH + RIM * 2, SCREEN_HEIGHT + RIM * 2, 0.07);
  private readonly leg = new BoxGeometry(0.08, BOTTOM, 0.08);
  private readonly foot = new BoxGeometry(0.14, 0.05, 0.7);
  private readonly wood = new MeshLambertMaterial({ color: '#23263a' });

  /** Takes what may be shown now. Call when it changes, and when names do. */
  show(screens: AppState['screens'], people: AppState['people']): void {
    for (const [id, board] of this.boards)
      if (screens[id] !== board.stream || (people[id]?.name ?? '') !== board.name) this.remove(id, board);
    for (const [key, stream] of Object.entries(screens)) {
      const id = Number(key);
      if (!this.boards.has(id)) this.boards.set(id, this.make(stream, people[id]?.name ?? ''));
    }
  }

  /** Puts every screen where it belongs in this frame. @param lines of the canvas */
  draw(
    sim: SimView,
    me: PersonId | undefined,
    seconds: Seconds,
    still: boolean,
    camera: PerspectiveCamera,
    lines: number,
  ): void {
    if (this.boards.size === 0) return;
    const people = new Map<PersonId, { x: Metres; z: Metres }>(sim.others);
    if (me !== undefined) people.set(me, sim.me);
    const owners = new Map([...people].filter(([id]) => this.boards.has(id)));
    this.standing = placeScreens(owners, people, this.standing);
    for (const [id, board] of this.boards) {
      const place = this.standing.get(id);
      board.group.visible = place !== undefined;
      if (place) move(board, place, still ? 1 : 1 - Math.exp(-seconds / GLIDE_SECONDS));
      const at = { x: board.group.position.x, y: MIDDLE, z: board.group.position.z };
      drawnPictures.note('screen', id, place ? linesOf(camera, at, SCREEN_HEIGHT, lines) : 0);
    }
  }

  /** How many stand in the world with a picture on them. */
  get playing(): number {
    let count = 0;
    for (const { group, picture } of this.boards.values()) if (group.visible && picture.visible) count += 1;
    return count;
  }

  dispose(): void {
    for (const [id, board] of this.boards) this.remove(id, board);
    for (const part of [this.plane, this.frame, this.leg, this.foot, this.wood]) part.dispose();
  }

  private make(stream: MediaStream, name: string): Board {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.autoplay = true;
    video.srcObject = stream;
    const texture = new VideoTexture(video);
    texture.colorSpace = SRGBColorSpace;
    texture.minFilter = LinearFilter;
    texture.generateMipmaps = false;
    const plate = plateOf(name);
    const picture = new Mesh(
      this.plane,
      new MeshBasicMaterial({ map: texture, toneMapped: false, fog: false }),
    );
    const sign = new Mesh(
      this.plane,
      new MeshBasicMaterial({ map: plate, toneMapped: false, transparent: true }),
    );
    const group = new Group();
    const frame = new Mesh(this.frame, this.wood);
    frame.position.y = MIDDLE;
    picture.position.set(0, MIDDLE, 0.041);
    picture.visible = false;
    sign.position.set(0, BOTTOM - RIM - PLATE.height / 2 - 0.04, 0.05);
    sign.scale.set(PLATE.width, PLATE.height, 1);
    group.add(frame, picture, sign);
    for (const side of [-1, 1]) {
      const leg = new Mesh(this.leg, this.wood);
      leg.position.set(side * SCREEN_WIDTH * 0.4, BOTTOM / 2, 0);
      const foot = new Mesh(this.foot, this.wood);
      foot.position.set(side * SCREEN_WIDTH * 0.4, 0.025, 0);
      group.add(leg, foot);
    }
    this.group.add(group);
    const board = { stream, name, video, texture, plate, picture, sign, group, placed: false };
    // Muted pictures may always play; one that ends while starting rejects, and its board is gone by then.
    video.play().catch((error: unknown) => {
      if ([...this.boards.values()].includes(board)) console.warn('a shared screen does not play', error);
    });
    return board;
  }

  private remove(id: PersonId, board: Board): void {
    this.boards.delete(id);
    drawnPictures.forget('screen', id);
    this.group.remove(board.group);
    board.texture.dispose();
    board.plate.dispose();
    board.picture.material.dispose();
    board.sign.material.dispose();
    board.video.srcObject = null;
  }
}

/** @param part of the way, 1 for all of it */
function move(board: Board, { x, z, yaw }: StandingScreen, part: number): void {
  const { group, picture, video } = board;
  const step = board.placed ? part : 1;
  board.placed = true;
  group.position.x += (x - group.position.x) * step;
  group.position.z += (z - group.position.z) * step;
  const turn = Math.atan2(Math.sin(yaw - group.rotation.y), Math.cos(yaw - group.rotation.y));
  group.rotation.y += turn * step;
  const isReady = video.videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  picture.visible = isReady;
  if (!isReady) return;
  // The whole picture, whatever its shape.
  const shape = video.videoWidth / video.videoHeight;
  picture.scale.set(SCREEN_WIDTH * Math.min(1, shape / SHAPE), SCREEN_HEIGHT * Math.min(1, SHAPE / shape), 1);
}

function plateOf(name: string): CanvasTexture {
  const canvas = document.createElement('canvas');
  canvas.width = 768;
  canvas.height = Math.round((canvas.width * PLATE.height) / PLATE.width);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = '#23263a';
    context.beginPath();
    context.roundRect(0, 0, canvas.width, canvas.height, 28);
    context.fill();
    context.fillStyle = '#f4f1ea';
    context.font = '500 52px "Figtree Variable", system-ui, sans-serif';
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(name || 'Somebody', canvas.width / 2, canvas.height / 2 + 3, canvas.width - 48);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
