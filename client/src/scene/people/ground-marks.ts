import {
  type Color,
  DynamicDrawUsage,
  InstancedBufferAttribute,
  InstancedMesh,
  Matrix4,
  PlaneGeometry,
  ShaderMaterial,
  UniformsLib,
  UniformsUtils,
} from 'three';

const VERTEX = /* glsl */ `
  attribute vec4 tone;
  attribute float hollow;
  varying vec2 vAt;
  varying vec4 vTone;
  varying float vHollow;
  #include <common>
  #include <fog_pars_vertex>
  void main() {
    vAt = position.xz;
    vTone = tone;
    vHollow = hollow;
    vec4 mvPosition = viewMatrix * modelMatrix * instanceMatrix * vec4( position, 1.0 );
    gl_Position = projectionMatrix * mvPosition;
    #include <fog_vertex>
  }
`;

/** hollow 0: a soft blot, dark in the middle; above 0: a ring with that inner radius and a faint fill. */
const FRAGMENT = /* glsl */ `
  varying vec2 vAt;
  varying vec4 vTone;
  varying float vHollow;
  #include <common>
  #include <fog_pars_fragment>
  void main() {
    float d = length( vAt );
    float blot = pow( clamp( 1.0 - d, 0.0, 1.0 ), 1.4 );
    float rim = smoothstep( vHollow - 0.1, vHollow, d ) * ( 1.0 - smoothstep( vHollow + 0.04, 1.0, d ) );
    float fill = 0.22 * ( 1.0 - smoothstep( vHollow - 0.05, vHollow + 0.02, d ) );
    float alpha = vTone.a * ( vHollow > 0.0 ? max( rim, fill ) : blot );
    if ( alpha < 0.004 ) discard;
    gl_FragColor = vec4( vTone.rgb, alpha );
    #include <colorspace_fragment>
    #include <fog_fragment>
  }
`;

const place = new Matrix4();

/** Soft rings and blots on the ground, all in one draw call. */
export class GroundMarks {
  readonly mesh: InstancedMesh;
  private readonly capacity: number;
  private readonly tones: InstancedBufferAttribute;
  private readonly hollows: InstancedBufferAttribute;
  private used = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
    const geometry = new PlaneGeometry(2, 2).rotateX(-Math.PI / 2);
    this.tones = new InstancedBufferAttribute(new Float32Array(capacity * 4), 4).setUsage(DynamicDrawUsage);
    this.hollows = new InstancedBufferAttribute(new Float32Array(capacity), 1).setUsage(DynamicDrawUsage);
    geometry.setAttribute('tone', this.tones);
    geometry.setAttribute('hollow', this.hollows);
    const material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: UniformsUtils.clone(UniformsLib.fog),
      transparent: true,
      depthWrite: false,
      fog: true,
      polygonOffset: true,
      polygonOffsetFactor: -2,
      polygonOffsetUnits: -2,
    });
    this.mesh = new InstancedMesh(geometry, material, capacity);
    this.mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 1;
  }

  begin(): void {
    this.used = 0;
  }

  /** @param hollow inner radius of a ring as a share of the outer, or 0 for a blot */
  add(x: number, z: number, radius: number, colour: Color, alpha: number, hollow: number): void {
    if (this.used >= this.capacity || alpha < 0.01) return;
    const slot = this.used++;
    this.mesh.setMatrixAt(slot, place.makeScale(radius, 1, radius).setPosition(x, 0.015, z));
    this.tones.setXYZW(slot, colour.r, colour.g, colour.b, alpha);
    this.hollows.setX(slot, hollow);
  }

  end(): void {
    this.mesh.count = this.used;
    this.mesh.instanceMatrix.needsUpdate = true;
    this.tones.needsUpdate = true;
    this.hollows.needsUpdate = true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    (this.mesh.material as ShaderMaterial).dispose();
    this.mesh.dispose();
  }
}
