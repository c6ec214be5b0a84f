/** Where everyone is: metres, and the listener's yaw in radians. */
export interface Walkers {
  listener: { x: number; z: number; yaw: number };
  voices: { x: number; z: number }[];
}

/** A walking pace, in metres a second. */
const PACE = 1.4;

/** Moves everyone to where they are at a time: voices walk circles of 2 to 11 m around us, and we look around. */
export function walkersAt({ listener, voices }: Walkers, seconds: number): void {
  listener.yaw = 0.6 * Math.sin(seconds);
  for (const [i, voice] of voices.entries()) {
    const radius = 2 + (9 * i) / voices.length;
    const angle = (i % 2 ? 1 : -1) * (PACE / radius) * seconds + i;
    // A little nearer and farther, too, so that loudness moves as well.
    const away = radius + Math.sin(0.7 * seconds + i);
    voice.x = away * Math.sin(angle);
    voice.z = away * Math.cos(angle);
  }
}
