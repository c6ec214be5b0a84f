import type { Metres, PersonId } from '@chatmux/schema';
import {
  Color,
  Group,
  LinearFilter,
  Mesh,
  NoColorSpace,
  type PerspectiveCamera,
  PlaneGeometry,
  ShaderMaterial,
  VideoTexture,
} from 'three';
import { drawnPictures } from '../../store/drawn-pictures.ts';
import { ACCENT } from '../palette.ts';
import { linesOf } from './drawn-lines.ts';

/** Width to height of a card; pictures of another shape are cropped to it. */
const ASPECT = 1.28;
/** A card keeps about this share of its distance as height, between these limits, so that a face stays readable. */
const HEIGHT_SHARE = 0.13;
const SMALLEST: Metres = 0.62;
const LARGEST: Metres = 1.7;
/** Bottom of the card, with room for the name below it. */
const BOTTOM: Metres = 1.84;

const VERTEX = /* glsl */ `
  varying vec2 vUv;
  void main() {
    vUv = uv;
    gl_Position = projectionMatrix * modelViewMatrix * vec4( position, 1.0 );
  }
`;

const FRAGMENT = /* glsl */ `
  uniform sampler2D picture;
  uniform vec2 crop;
  uniform vec3 rim;
  uniform float ready;
  varying vec2 vUv;
  void main() {
    vec2 size = vec2( ${ASPECT.toFixed(3)}, 1.0 );
    vec2 p = ( vUv - 0.5 ) * size;
    float radius = 0.14;
    vec2 q = abs( p ) - size * 0.5 + radius;
    float edge = length( max( q, 0.0 ) ) + min( max( q.x, q.y ), 0.0 ) - radius;
    float soft = fwidth( edge );
    float inside = 1.0 - smoothstep( -soft, soft, edge );
    if ( inside < 0.01 ) discard;
    vec3 colour = texture2D( picture, ( vUv - 0.5 ) * crop + 0.5 ).rgb;
    colour = mix( vec3( 0.118, 0.129, 0.188 ), colour, ready );
    float frame = smoothstep( -0.036 - soft, -0.036 + soft, edge );
    gl_FragColor = vec4( mix( colour, rim, frame ), inside );
  }
`;

interface Card {
  readonly person: PersonId;
  readonly stream: MediaStream;
  readonly video: HTMLVideoElement;
  readonly texture: VideoTexture;
  readonly material: ShaderMaterial;
  readonly mesh: Mesh;
}

const QUIET = new Color('#fbf1dc').convertLinearToSRGB();
const SPEAKING = new Color(ACCENT.speaking).convertLinearToSRGB();

/** Camera pictures on soft cards above heads, turned to us. */
export class VideoCards {
  readonly group = new Group();
  private readonly shape = new PlaneGeometry(ASPECT, 1);
  private readonly cards = new Map<PersonId, Card>();

  /** Takes what may be shown now. Call when it changes; our own picture is left out by the caller. */
  show(videos: Readonly<Record<PersonId, MediaStream>>, except: PersonId | undefined): void {
    for (const card of this.cards.values())
      if (videos[card.person] !== card.stream || card.person === except) this.remove(card);
    for (const [key, stream] of Object.entries(videos)) {
      const person = Number(key);
      if (person !== except && !this.cards.has(person)) this.add(person, stream);
    }
  }

  has(person: PersonId): boolean {
    return this.cards.has(person);
  }

  begin(): void {
    for (const { mesh, person } of this.cards.values()) {
      mesh.visible = false;
      drawnPictures.note('cam', person, 0);
    }
  }

  /** Puts a person's card above their head for this frame. @param lines of the canvas */
  place(
    person: PersonId,
    x: Metres,
    z: Metres,
    voice: number,
    camera: PerspectiveCamera,
    lines: number,
  ): void {
    const card = this.cards.get(person);
    if (!card) return;
    const { video, material, mesh } = card;
    mesh.visible = true;
    const away = Math.hypot(camera.position.x - x, camera.position.z - z);
    const height = Math.min(LARGEST, Math.max(SMALLEST, away * HEIGHT_SHARE));
    mesh.position.set(x, BOTTOM + away * 0.012 + height / 2, z);
    mesh.scale.setScalar(height);
    mesh.quaternion.copy(camera.quaternion);
    drawnPictures.note('cam', person, linesOf(camera, mesh.position, height, lines));
    const ready = video.videoWidth > 0 && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    const { crop, rim, ready: shown } = material.uniforms;
    if (shown) shown.value = ready ? 1 : 0;
    if (rim) (rim.value as Color).copy(QUIET).lerp(SPEAKING, voice);
    if (crop && ready) {
      const shape = video.videoWidth / video.videoHeight;
      crop.value[0] = Math.min(1, ASPECT / shape);
      crop.value[1] = Math.min(1, shape / ASPECT);
    }
  }

  dispose(): void {
    for (const card of this.cards.values()) this.remove(card);
    this.shape.dispose();
  }

  private add(person: PersonId, stream: MediaStream): void {
    const video = document.createElement('video');
    video.muted = true;
    video.playsInline = true;
    video.autoplay = true;
    video.srcObject = stream;
    // Muted pictures may always play; a stream that ends while starting rejects, and its card is gone by then.
    video.play().catch((error: unknown) => {
      if (this.cards.get(person)?.video === video) console.warn('a camera picture does not play', error);
    });
    const texture = new VideoTexture(video);
    // Left as the camera gives it: the card mixes and writes screen colours, so nothing is converted twice.
    texture.colorSpace = NoColorSpace;
    texture.minFilter = LinearFilter;
    texture.generateMipmaps = false;
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: {
        picture: { value: texture },
        crop: { value: [1, 1] },
        rim: { value: new Color() },
        ready: { value: 0 },
      },
      transparent: true,
      toneMapped: false,
    });
    const mesh = new Mesh(this.shape, material);
    mesh.visible = false;
    mesh.renderOrder = 3;
    this.group.add(mesh);
    this.cards.set(person, { person, stream, video, texture, material, mesh });
  }

  private remove(card: Card): void {
    this.cards.delete(card.person);
    drawnPictures.forget('cam', card.person);
    this.group.remove(card.mesh);
    card.texture.dispose();
    card.material.dispose();
    card.video.srcObject = null;
  }
}
