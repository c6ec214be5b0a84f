import type { WorldMap } from '@chatmux/schema';
import {
  DirectionalLight,
  Fog,
  Group,
  HemisphereLight,
  Mesh,
  type MeshLambertMaterial,
  PlaneGeometry,
  type Scene,
} from 'three';
import { makeClouds, makeSky, SUN_DIRECTION } from './air.ts';
import { buildTown, disposeTown } from './build/town.ts';
import { AIR } from './palette.ts';
import { makePortalLights, type PortalLights } from './portal-lights.ts';
import type { QualitySettings } from './quality.ts';
import { makeSigns } from './signs.ts';
import {
  makeFirmMaterial,
  makeGlowMaterial,
  makeGroundDepthMaterial,
  makeGroundMaterial,
  makeLeafMaterial,
} from './town-materials.ts';
import { makeWater } from './water.ts';
import { makeZoneMarks } from './zone-marks.ts';

/** Half the side of the square around us that has shadows, in metres, and how far we walk before it follows. */
const SHADOW_REACH = 34;
const SHADOW_STEP = 6;
const SUN_AWAY = 70;
const ROOF_LIFT_PER_SECOND = 7;

/** The world as it stands: ground, town, woods, sky, water, light. Made anew when the quality changes. */
export class StageSet {
  readonly group = new Group();
  private readonly quality: QualitySettings;
  private readonly sun = new DirectionalLight(AIR.sun, 2.6);
  private readonly time = { value: 0 };
  private readonly disposals: (() => void)[] = [];
  private readonly setWaterTime: (seconds: number) => void;
  private readonly portals: PortalLights | undefined;
  private readonly clouds: Mesh | undefined;
  private readonly roofs: {
    mesh: Mesh;
    material: MeshLambertMaterial;
    x: number;
    z: number;
    sin: number;
    cos: number;
    halfWidth: number;
    halfDepth: number;
    open: number;
  }[] = [];
  private shadowX = Number.NaN;
  private shadowZ = Number.NaN;

  constructor(map: WorldMap, quality: QualitySettings) {
    this.quality = quality;
    const { group } = this;
    const town = buildTown(map, quality.detail);
    const firm = makeFirmMaterial();
    const leaf = makeLeafMaterial(this.time);
    const glow = makeGlowMaterial();
    const paint = makeGroundMaterial();
    const depth = makeGroundDepthMaterial();
    const shadows = quality.shadowMap > 0;

    const sky = makeSky();
    this.clouds = makeClouds();
    group.add(sky);
    if (this.clouds) group.add(this.clouds);

    const ground = new Mesh(town.ground, paint);
    ground.renderOrder = -20;
    ground.receiveShadow = shadows;
    ground.frustumCulled = false;
    const floor = new Mesh(new PlaneGeometry(600, 600).rotateX(-Math.PI / 2), depth);
    floor.renderOrder = -19;
    group.add(ground, floor);

    for (const [pieces, material] of [
      [town.firm, firm],
      [town.leaves, leaf],
    ] as const)
      for (const geometry of pieces) {
        const mesh = new Mesh(geometry, material);
        mesh.castShadow = shadows;
        mesh.receiveShadow = shadows;
        group.add(mesh);
      }
    if (town.backdrop) group.add(new Mesh(town.backdrop, firm));
    if (town.glow) group.add(new Mesh(town.glow, glow));
    for (const { thing, geometry } of town.roofs) {
      const material = makeFirmMaterial();
      const mesh = new Mesh(geometry, material);
      mesh.castShadow = shadows;
      mesh.receiveShadow = shadows;
      const turn = (thing.turn * Math.PI) / 180;
      this.roofs.push({
        mesh,
        material,
        x: thing.x,
        z: thing.z,
        sin: Math.sin(turn),
        cos: Math.cos(turn),
        halfWidth: thing.width / 2,
        halfDepth: thing.depth / 2,
        open: 0,
      });
      group.add(mesh);
    }
    const water = makeWater(map, quality.detail === 0 ? 14 : quality.detail === 1 ? 36 : 64);
    this.setWaterTime = water.setTime;
    group.add(water.group);
    const signs = makeSigns(map);
    if (signs) group.add(signs.mesh);
    const zoneMarks = makeZoneMarks(map);
    if (zoneMarks) group.add(zoneMarks.group);
    this.portals = makePortalLights(map);
    if (this.portals) group.add(this.portals.mesh);

    this.light(shadows);
    group.traverse((object) => {
      if (object instanceof Mesh && object !== this.clouds) object.matrixAutoUpdate = false;
      object.updateMatrix();
    });
    this.disposals.push(
      () => disposeTown(town),
      () => water.dispose(),
      () => signs?.dispose(),
      () => zoneMarks?.dispose(),
      () => this.portals?.dispose(),
      () => sky.geometry.dispose(),
      () => sky.material.dispose(),
      () => floor.geometry.dispose(),
      () => this.clouds?.geometry.dispose(),
      () => this.sun.dispose(),
      ...[firm, leaf, glow, paint, depth, ...this.roofs.map((roof) => roof.material)].map(
        (material) => () => material.dispose(),
      ),
    );
  }

  /** Puts the air of this quality into a scene. */
  enter(scene: Scene): void {
    scene.fog = new Fog(AIR.haze, ...this.quality.haze);
    scene.add(this.group);
  }

  leave(scene: Scene): void {
    scene.remove(this.group);
    scene.fog = null;
  }

  /** @param still nothing drifts, flows or sways */
  frame(x: number, z: number, seconds: number, still: boolean): void {
    if (!still) {
      // Wrapped so that small movements stay exact in the shader however long the page is open.
      this.time.value = (this.time.value + seconds) % 3600;
      this.setWaterTime(this.time.value);
      this.portals?.setTime(this.time.value);
      if (this.clouds) this.clouds.rotation.y += seconds * 0.004;
    }
    for (const roof of this.roofs) {
      const [dx, dz] = [x - roof.x, z - roof.z];
      const under =
        Math.abs(dx * roof.cos - dz * roof.sin) < roof.halfWidth &&
        Math.abs(dx * roof.sin + dz * roof.cos) < roof.halfDepth;
      roof.open = Math.min(1, Math.max(0, roof.open + (under ? seconds : -seconds) * ROOF_LIFT_PER_SECOND));
      roof.material.transparent = roof.open > 0;
      roof.material.opacity = 1 - roof.open;
      roof.mesh.visible = roof.open < 1;
    }
    this.followWithSun(x, z);
  }

  dispose(): void {
    for (const dispose of this.disposals) dispose();
  }

  private light(shadows: boolean): void {
    const { sun, group, quality } = this;
    group.add(new HemisphereLight(AIR.skyLight, AIR.groundLight, shadows ? 2.15 : 2.25));
    if (!shadows) sun.intensity = 2.2;
    sun.position.copy(SUN_DIRECTION).multiplyScalar(SUN_AWAY);
    group.add(sun, sun.target);
    if (!shadows) return;
    sun.castShadow = true;
    const { shadow } = sun;
    shadow.mapSize.set(quality.shadowMap, quality.shadowMap);
    shadow.camera.left = shadow.camera.bottom = -SHADOW_REACH;
    shadow.camera.right = shadow.camera.top = SHADOW_REACH;
    shadow.camera.near = 10;
    shadow.camera.far = 150;
    shadow.bias = -0.0006;
    shadow.normalBias = 0.05;
    shadow.radius = quality.livingShadows ? 3.2 : 2.2;
    shadow.autoUpdate = quality.livingShadows;
  }

  /** Shadows are kept for a square around us, moved in whole steps so that their edges don't crawl. */
  private followWithSun(x: number, z: number): void {
    if (!this.sun.castShadow) return;
    const [stepX, stepZ] = [
      Math.round(x / SHADOW_STEP) * SHADOW_STEP,
      Math.round(z / SHADOW_STEP) * SHADOW_STEP,
    ];
    if (stepX === this.shadowX && stepZ === this.shadowZ) return;
    this.shadowX = stepX;
    this.shadowZ = stepZ;
    this.sun.target.position.set(stepX, 0, stepZ);
    this.sun.position.copy(SUN_DIRECTION).multiplyScalar(SUN_AWAY).add(this.sun.target.position);
    this.sun.updateMatrixWorld();
    this.sun.target.updateMatrixWorld();
    this.sun.shadow.needsUpdate = true;
  }
}
