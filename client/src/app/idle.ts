/** Nobody touched the page for so long, or looked at it: they are away. In milliseconds. */
const AWAY_MS = 5 * 60_000;
/** How often is looked. */
const LOOK_MS = 15_000;

/** Whether somebody sits before this page. */
export class Idle {
  isAway = false;
  private touchedMs = performance.now();
  private readonly onChange: () => void;

  constructor(onChange: () => void, target: Window = window) {
    this.onChange = onChange;
    const touch = () => {
      // A page that is hidden is not touched, whatever comes to it.
      if (target.document.visibilityState === 'hidden') return;
      this.touchedMs = performance.now();
      this.look();
    };
    for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])
      target.addEventListener(type, touch, { passive: true });
    target.document.addEventListener('visibilitychange', touch);
    setInterval(() => this.look(), LOOK_MS);
  }

  private look(): void {
    const isAway = performance.now() - this.touchedMs >= AWAY_MS;
    if (isAway === this.isAway) return;
    this.isAway = isAway;
    this.onChange();
  }
}
