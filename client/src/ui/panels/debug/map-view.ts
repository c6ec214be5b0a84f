/** Turns metres on the ground into pixels of a square map with us in the middle; +x to the right, +z down. */
export interface MapView {
  /** Pixels a metre. */
  readonly scale: number;
  x(metres: number): number;
  y(metres: number): number;
}

/**
 * @param size side of the map in pixels
 * @param reach metres from the middle to an edge
 */
export function mapView(me: { x: number; z: number }, size: number, reach: number): MapView {
  const scale = size / (2 * reach);
  return {
    scale,
    x: (metres) => size / 2 + (metres - me.x) * scale,
    y: (metres) => size / 2 + (metres - me.z) * scale,
  };
}

/** Corners of a turned box on the ground, in order. Turns as in the world files: degrees, 0 towards +z, 90 towards +x. */
export function boxCorners(box: {
  x: number;
  z: number;
  width: number;
  depth: number;
  turn: number;
}): { x: number; z: number }[] {
  const turn = (box.turn * Math.PI) / 180;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const [w, d] = [box.width / 2, box.depth / 2];
  return [
    [-w, -d],
    [w, -d],
    [w, d],
    [-w, d],
  ].map(([u = 0, v = 0]) => ({ x: box.x + u * cos + v * sin, z: box.z - u * sin + v * cos }));
}
