import type { WorldMap } from '@chatmux/schema';
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  Matrix4,
  Mesh,
  ShaderMaterial,
  UniformsLib,
  UniformsUtils,
} from 'three';
import { portalColours, portalOpening } from './build/portal.ts';

const VERTEX = /* glsl */ `
  attribute vec3 place;
  attribute vec3 deep;
  attribute vec3 bright;
  varying vec3 vPlace;
  varying vec3 vDeep;
  varying vec3 vBright;
  #include <common>
  #include <fog_pars_vertex>
  void main() {
    vPlace = place;
    vDeep = deep;
    vBright = bright;
    vec4 mvPosition = modelViewMatrix * vec4( position, 1.0 );
    gl_Position = projectionMatrix * mvPosition;
    #include <fog_vertex>
  }
`;

/** A curtain of light: bright at its edge, clear in the middle, with slow folds that rise through it. */
const FRAGMENT = /* glsl */ `
  uniform float time;
  varying vec3 vPlace;
  varying vec3 vDeep;
  varying vec3 vBright;
  #include <common>
  #include <fog_pars_fragment>
  void main() {
    float rim = 1.0 - vPlace.y;
    float drift = 0.8 * sin( vPlace.z * 1.1 - time * 0.45 );
    float fold = sin( vPlace.x * 3.4 + drift ) * ( 0.6 + 0.4 * sin( vPlace.z * 1.6 - time * 0.3 ) );
    float edge = smoothstep( 0.5, 1.0, rim );
    vec3 colour = mix( vDeep, vBright, clamp( 0.34 + 0.5 * edge + 0.16 * fold, 0.0, 1.0 ) );
    float alpha = 0.7 + 0.25 * edge + 0.08 * fold;
    gl_FragColor = vec4( colour, alpha );
    #include <colorspace_fragment>
    #include <fog_fragment>
  }
`;

export interface PortalLights {
  readonly mesh: Mesh;
  /** Seconds of drift; leave it where it is for a still light. */
  setTime(seconds: number): void;
  dispose(): void;
}

/** The light in all portals: one draw call. Undefined where there is no portal. */
export function makePortalLights(map: WorldMap): PortalLights | undefined {
  const portals = map.things.filter((thing) => thing.look === 'portal');
  if (portals.length === 0) return undefined;
  const positions: number[] = [];
  const places: number[] = [];
  const deeps: number[] = [];
  const brights: number[] = [];
  const indices: number[] = [];
  const turn = new Matrix4();
  for (const thing of portals) {
    const { halfWidth, spring, rise } = portalOpening(thing);
    const [deep, bright] = portalColours(thing).map((hex) => new Color(hex)) as [Color, Color];
    turn.makeRotationY((thing.turn * Math.PI) / 180).setPosition(thing.x, 0, thing.z);
    const e = turn.elements;
    // A fan from the middle: `place` says how far across a point lies, how far from the edge, and how high.
    const corner = (u: number, y: number, inside: number) => {
      positions.push((e[0] ?? 0) * u + (e[12] ?? 0), y, (e[2] ?? 0) * u + (e[14] ?? 0));
      places.push(u / halfWidth, inside, y);
      deeps.push(deep.r, deep.g, deep.b);
      brights.push(bright.r, bright.g, bright.b);
    };
    const first = places.length / 3;
    corner(0, spring * 0.55, 1);
    const outline: (readonly [number, number])[] = [
      [-halfWidth, 0.02],
      [-halfWidth * 0.5, 0.02],
      [0, 0.02],
      [halfWidth * 0.5, 0.02],
      [halfWidth, 0.02],
      [halfWidth, spring * 0.5],
    ];
    for (let i = 0; i <= 16; i++) {
      const angle = (i / 16) * Math.PI;
      outline.push([Math.cos(angle) * halfWidth, spring + Math.sin(angle) * rise]);
    }
    outline.push([-halfWidth, spring * 0.5], [-halfWidth, 0.02]);
    for (const [i, [u, y]] of outline.entries()) {
      corner(u, y, 0);
      if (i > 0) indices.push(first, first + i, first + i + 1);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('place', new BufferAttribute(new Float32Array(places), 3));
  geometry.setAttribute('deep', new BufferAttribute(new Float32Array(deeps), 3));
  geometry.setAttribute('bright', new BufferAttribute(new Float32Array(brights), 3));
  geometry.setIndex(indices);
  const time = { value: 0 };
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    uniforms: UniformsUtils.clone(UniformsLib.fog),
    transparent: true,
    depthWrite: false,
    side: DoubleSide,
    fog: true,
  });
  material.uniforms.time = time;
  const mesh = new Mesh(geometry, material);
  // After marks on the ground, so that those shine through it.
  mesh.renderOrder = 2;
  return {
    mesh,
    setTime(seconds) {
      time.value = seconds;
    },
    dispose() {
      geometry.dispose();
      material.dispose();
    },
  };
}
