import type { WorldMap, WorldThing } from '@chatmux/schema';
import {
  CanvasTexture,
  Color,
  Matrix4,
  Mesh,
  MeshLambertMaterial,
  PlaneGeometry,
  SRGBColorSpace,
} from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import { portalOpening } from './build/portal.ts';
import { signBoard } from './build/street.ts';

const ROW_PIXELS = 96;
const WIDTH_PIXELS = 512;
const FONT = `650 58px 'Figtree Variable', Figtree, 'Segoe UI', system-ui, sans-serif`;

/** Where words stand on a thing: a rectangle before it and one behind it. */
function boardOf(thing: WorldThing): {
  y: number;
  width: number;
  height: number;
  front: number;
  back: number;
} {
  if (thing.look === 'portal') {
    const { board } = portalOpening(thing);
    const away = thing.depth / 2 + 0.09;
    return { y: board.y, width: board.width - 0.16, height: board.height - 0.14, front: away, back: away };
  }
  const { y, height } = signBoard(thing.height);
  return { y, width: thing.width - 0.16, height: height - 0.14, front: 0.09, back: 0.05 };
}

/** The words on all signs and portals: one texture, one draw call. Undefined where no sign has words. */
export function makeSigns(map: WorldMap): { mesh: Mesh; dispose(): void } | undefined {
  const signs = map.things.filter(
    (thing) => (thing.look === 'sign' || thing.look === 'portal') && thing.text,
  );
  if (signs.length === 0) return undefined;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH_PIXELS;
  canvas.height = ROW_PIXELS * signs.length;
  const pen = canvas.getContext('2d');
  if (!pen) return undefined;
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  const write = () => {
    pen.fillStyle = '#f7ead0';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.font = FONT;
    pen.fillStyle = '#54402f';
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    for (const [i, sign] of signs.entries())
      pen.fillText(sign.text ?? '', WIDTH_PIXELS / 2, (i + 0.54) * ROW_PIXELS, WIDTH_PIXELS - 36);
    texture.needsUpdate = true;
  };
  write();
  // The page's own font may come a moment later.
  let gone = false;
  void document.fonts.load(FONT).then(() => {
    if (!gone) write();
  });
  const up = new Matrix4();
  const faces = signs.flatMap((sign, i) => {
    const board = boardOf(sign);
    return [0, Math.PI].map((turn) => {
      const face = new PlaneGeometry(board.width, board.height);
      const uv = face.getAttribute('uv');
      for (let k = 0; k < uv.count; k++) uv.setY(k, 1 - (i + 1 - uv.getY(k)) / signs.length);
      face.rotateY(turn).translate(0, board.y, turn === 0 ? board.front : -board.back);
      return face.applyMatrix4(up.makeRotationY((sign.turn * Math.PI) / 180).setPosition(sign.x, 0, sign.z));
    });
  });
  const geometry = mergeGeometries(faces);
  for (const face of faces) face.dispose();
  const material = new MeshLambertMaterial({
    map: texture,
    emissive: new Color('#f7ead0'),
    emissiveMap: texture,
    emissiveIntensity: 0.12,
  });
  const mesh = new Mesh(geometry, material);
  mesh.receiveShadow = true;
  return {
    mesh,
    dispose() {
      gone = true;
      geometry.dispose();
      material.dispose();
      texture.dispose();
    },
  };
}
