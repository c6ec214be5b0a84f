import {
  BackSide,
  Color,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
} from 'three';
import { MeshBuilder } from './build/mesh-builder.ts';
import { lump } from './build/shapes.ts';
import { AIR } from './palette.ts';
import { seededRandom } from './seeded-random.ts';

/** Towards the sun: low in the late afternoon, over the shoulder of someone who arrives looking at the square. */
export const SUN_DIRECTION = new Vector3(0.62, 0.5, -0.52).normalize();

const VERTEX = /* glsl */ `
  varying vec3 vDirection;
  void main() {
    vDirection = position;
    vec4 at = projectionMatrix * mat4( mat3( modelViewMatrix ) ) * vec4( position, 1.0 );
    gl_Position = at.xyww;
  }
`;

const FRAGMENT = /* glsl */ `
  uniform vec3 zenith;
  uniform vec3 middle;
  uniform vec3 horizon;
  uniform vec3 sun;
  uniform vec3 sunColour;
  varying vec3 vDirection;
  void main() {
    vec3 d = normalize( vDirection );
    float up = max( 0.0, d.y );
    vec3 sky = mix( horizon, middle, smoothstep( 0.02, 0.26, up ) );
    sky = mix( sky, zenith, smoothstep( 0.16, 0.85, up ) );
    float near = max( 0.0, dot( d, sun ) );
    sky += sunColour * ( 0.18 * pow( near, 6.0 ) + 0.5 * pow( near, 90.0 ) );
    float disc = smoothstep( 0.9985, 0.9992, near );
    sky = mix( sky, vec3( 1.0, 0.97, 0.88 ), disc );
    gl_FragColor = vec4( sky, 1.0 );
  }
`;

/** sRGB as written: the sky is drawn past tone mapping, so that it meets the haze in the very same colour. */
function plain(hex: string): Vector3 {
  const colour = new Color(hex).convertLinearToSRGB();
  return new Vector3(colour.r, colour.g, colour.b);
}

export function makeSky(): Mesh<SphereGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: {
      zenith: { value: plain(AIR.zenith) },
      middle: { value: plain(AIR.middle) },
      horizon: { value: plain(AIR.haze) },
      sun: { value: SUN_DIRECTION },
      sunColour: { value: plain('#ffcf8a') },
    },
    side: BackSide,
    depthWrite: false,
    depthTest: false,
    toneMapped: false,
  });
  const sky = new Mesh(new SphereGeometry(1, 24, 16), material);
  sky.renderOrder = -30;
  sky.frustumCulled = false;
  return sky;
}

/** A few soft clouds, drawn between sky and hills. They drift by turning about the middle of the world. */
export function makeClouds(): Mesh | undefined {
  const builder = new MeshBuilder();
  const random = seededRandom(11);
  for (let i = 0; i < 9; i++) {
    const angle = (i / 9) * Math.PI * 2 + random() * 0.5;
    const away = 66 + random() * 14;
    const [x, y, z] = [Math.sin(angle) * away, 24 + random() * 15, Math.cos(angle) * away];
    const size = 3 + random() * 3;
    const parts = 4;
    for (let k = 0; k < parts; k++) {
      const along = (k - (parts - 1) / 2) * size * 1.05;
      const radius = size * (1 - Math.abs(k - 1.4) * 0.24);
      builder.add(
        lump(2, i + k, 0.06),
        new Matrix4()
          .makeScale(radius * 1.25, radius * 0.55, radius * 0.8)
          .setPosition(x + Math.cos(angle) * along, y + (k % 2) * 0.5, z - Math.sin(angle) * along),
        '#fff6e8',
        (out, _, normal) => {
          out.lerp(SHADOW, 0.55 - 0.5 * Math.max(-0.1, normal.y) - 0.25 * normal.dot(SUN_DIRECTION));
        },
      );
    }
  }
  const geometry = builder.build();
  if (!geometry) return undefined;
  const clouds = new Mesh(
    geometry,
    new MeshBasicMaterial({
      vertexColors: true,
      fog: false,
      toneMapped: false,
      depthWrite: false,
      transparent: true,
      opacity: 0.85,
    }),
  );
  clouds.renderOrder = -29;
  clouds.frustumCulled = false;
  return clouds;
}

const SHADOW = new Color('#d9c9cf');
