import type { WorldMap } from '@chatmux/schema';
import {
  BufferAttribute,
  BufferGeometry,
  Color,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshLambertMaterial,
  ShaderMaterial,
  UniformsLib,
  UniformsUtils,
} from 'three';
import { roundSides } from './build/grounds.ts';
import { ball } from './build/shapes.ts';
import { PALETTE } from './palette.ts';

const SURFACE_VERTEX = /* glsl */ `
  varying vec2 vAt;
  varying float vShore;
  attribute float shore;
  #include <common>
  #include <fog_pars_vertex>
  void main() {
    vAt = position.xz;
    vShore = shore;
    vec4 mvPosition = modelViewMatrix * vec4( position, 1.0 );
    gl_Position = projectionMatrix * mvPosition;
    #include <fog_vertex>
  }
`;

const SURFACE_FRAGMENT = /* glsl */ `
  uniform float time;
  uniform vec3 deep;
  uniform vec3 shallow;
  uniform vec3 light;
  varying vec2 vAt;
  varying float vShore;
  #include <common>
  #include <fog_pars_fragment>
  void main() {
    vec2 p = vAt;
    float a = sin( p.x * 2.1 + time * 0.8 + sin( p.y * 1.7 - time * 0.5 ) * 1.4 );
    float b = sin( p.y * 2.7 - time * 0.7 + sin( p.x * 1.3 + time * 0.6 ) * 1.6 );
    float wave = a * b;
    vec3 colour = mix( deep, shallow, smoothstep( 0.25, 1.0, vShore ) );
    colour = mix( colour, light, 0.1 + 0.14 * wave + 0.5 * smoothstep( 0.86, 0.97, wave ) );
    float edge = smoothstep( 0.9, 0.96, vShore + 0.025 * sin( time * 1.1 + p.x * 3.0 + p.y * 2.0 ) );
    colour = mix( colour, light, edge * 0.55 );
    gl_FragColor = vec4( colour, 1.0 );
    #include <colorspace_fragment>
    #include <fog_fragment>
  }
`;

const DROP_VERTEX = /* glsl */ `
  #include <begin_vertex>
  float life = fract( time * 0.62 + seed.w );
  vec3 path = vec3( seed.x, seed.y * life - 3.1 * life * life, seed.z );
  path.xz *= life;
  transformed *= ( 1.0 - 0.35 * life ) * vec3( 1.0, 1.0 + 1.2 * abs( life - 0.35 ), 1.0 );
  transformed += path;
`;

export interface Water {
  readonly group: Group;
  /** Seconds of flow; leave it where it is for still water. */
  setTime(seconds: number): void;
  dispose(): void;
}

/** Ponds, fountain basins and their jets: two draw calls. */
export function makeWater(map: WorldMap, drops: number): Water {
  const group = new Group();
  const time = { value: 0 };
  const pools: { x: number; y: number; z: number; rx: number; rz: number }[] = [];
  for (const ground of map.grounds)
    if (ground.look === 'water' || ground.look === 'sea')
      pools.push({
        x: ground.x,
        y: 0.03,
        z: ground.z,
        rx: ground.width / 2 - 0.05,
        rz: ground.depth / 2 - 0.05,
      });
  const fountains = map.things.filter((thing) => thing.look === 'fountain');
  for (const { x, z, width, height } of fountains) {
    pools.push({ x, y: 0.5, z, rx: width / 2 - 0.46, rz: width / 2 - 0.46 });
    pools.push({ x, y: height * 0.72 - 0.04, z, rx: width * 0.2, rz: width * 0.2 });
  }
  const surfaceMaterial = new ShaderMaterial({
    vertexShader: SURFACE_VERTEX,
    fragmentShader: SURFACE_FRAGMENT,
    uniforms: {
      ...UniformsUtils.clone(UniformsLib.fog),
      deep: { value: new Color(PALETTE.waterDeep) },
      shallow: { value: new Color(PALETTE.water) },
      light: { value: new Color(PALETTE.waterLight) },
    },
    fog: true,
  });
  surfaceMaterial.uniforms.time = time;
  const surface = poolGeometry(pools);
  group.add(new Mesh(surface, surfaceMaterial));

  const dropMaterial = new MeshLambertMaterial({
    color: '#e8f7f5',
    emissive: '#4f8f98',
    emissiveIntensity: 0.35,
  });
  dropMaterial.onBeforeCompile = (shader) => {
    shader.uniforms.time = time;
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', '#include <common>\nuniform float time;\nattribute vec4 seed;')
      .replace('#include <begin_vertex>', DROP_VERTEX);
  };
  const shape = ball(1).clone();
  const count = fountains.length * drops;
  const jets = new InstancedMesh(shape, dropMaterial, Math.max(1, count));
  const seeds = new Float32Array(Math.max(1, count) * 4);
  const place = new Matrix4();
  for (const [f, { x, z, width, height }] of fountains.entries())
    for (let i = 0; i < drops; i++) {
      const angle = i * 2.399963;
      const reach = width * (i % 3 === 0 ? 0.11 : 0.3);
      seeds.set(
        [Math.sin(angle) * reach, i % 3 === 0 ? 2.1 : 1.1, Math.cos(angle) * reach, (i * 0.618034) % 1],
        (f * drops + i) * 4,
      );
      const size = 0.05 + 0.03 * ((i * 7) % 5) * 0.25;
      // Size lies in the shape, not in the matrix: the path is added after it.
      jets.setMatrixAt(f * drops + i, place.makeTranslation(x, i % 3 === 0 ? height : height * 0.72, z));
      seeds[(f * drops + i) * 4 + 1] = (seeds[(f * drops + i) * 4 + 1] ?? 0) + size;
    }
  shape.scale(0.036, 0.036, 0.036);
  shape.setAttribute('seed', new InstancedBufferAttribute(seeds, 4));
  jets.count = count;
  jets.frustumCulled = false;
  if (count > 0) group.add(jets);
  return {
    group,
    setTime(seconds) {
      time.value = seconds;
    },
    dispose() {
      surface.dispose();
      surfaceMaterial.dispose();
      shape.dispose();
      dropMaterial.dispose();
      jets.dispose();
    },
  };
}

/** Waters this wide get their shallows and foam along the shore alone, in metres. */
const SHALLOWS = 9;

/** Discs with a number that grows from 0 in the deep to 1 at the shore. */
function poolGeometry(
  pools: readonly { x: number; y: number; z: number; rx: number; rz: number }[],
): BufferGeometry {
  const positions: number[] = [];
  const shores: number[] = [];
  const indices: number[] = [];
  for (const { x, y, z, rx, rz } of pools) {
    const sides = Math.max(rx, rz) > SHALLOWS ? roundSides(rx, rz) : 40;
    const middle = shores.length;
    positions.push(x, y, z);
    shores.push(0);
    const ring = (inset: number, shore: number): number => {
      const first = shores.length;
      for (let i = 0; i <= sides; i++) {
        const angle = (i / sides) * Math.PI * 2;
        positions.push(x + Math.sin(angle) * (rx - inset), y, z + Math.cos(angle) * (rz - inset));
        shores.push(shore);
      }
      return first;
    };
    const wide = Math.min(rx, rz) > SHALLOWS * 2;
    const inner = wide ? ring(SHALLOWS, 0) : undefined;
    const outer = ring(0, 1);
    for (let i = 1; i <= sides; i++) {
      if (inner === undefined) indices.push(middle, outer + i - 1, outer + i);
      else {
        indices.push(middle, inner + i - 1, inner + i);
        indices.push(inner + i - 1, outer + i - 1, outer + i, inner + i - 1, outer + i, inner + i);
      }
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute('shore', new BufferAttribute(new Float32Array(shores), 1));
  geometry.setIndex(indices);
  return geometry;
}
