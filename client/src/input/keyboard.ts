import type { Controls } from '../sim/steering.ts';

const MOVES: Record<string, { x: number; y: number }> = {
  KeyW: { x: 0, y: 1 },
  ArrowUp: { x: 0, y: 1 },
  KeyS: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: -1 },
  KeyA: { x: -1, y: 0 },
  ArrowLeft: { x: -1, y: 0 },
  KeyD: { x: 1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
};
const TURNS: Record<string, number> = { KeyQ: 1, KeyE: -1 };

/** True where keys belong to what is focused: fields, lists, sliders, and anything open as a dialog. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest(
      'input, textarea, select, [contenteditable], [role="listbox"], [role="radiogroup"], [role="slider"], dialog[open]',
    ) !== null
  );
}

/** Movement keys by place on the keyboard, so that WASD is where it is on any layout. */
export class Keyboard {
  readonly controls: Controls = { x: 0, y: 0, run: false };
  /** −1, 0 or 1: turn the camera. */
  turn = 0;
  private readonly down = new Set<string>();
  private readonly stop = new AbortController();
  private readonly onChange: () => void;

  /** @param onChange what the keys say has changed: told at once, since a frame may be far where frames are few */
  constructor(target: Window, onChange: () => void) {
    this.onChange = onChange;
    const { signal } = this.stop;
    target.addEventListener('keydown', (event) => this.press(event), { signal });
    target.addEventListener('keyup', (event) => this.release(event), { signal });
    target.addEventListener('blur', () => this.releaseAll(), { signal });
    target.document.addEventListener('visibilitychange', () => this.releaseAll(), { signal });
    target.document.addEventListener('focusin', (event) => isTyping(event.target) && this.releaseAll(), {
      signal,
    });
  }

  close(): void {
    this.stop.abort();
    this.releaseAll();
  }

  private press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.code in MOVES || event.code in TURNS) {
      this.down.add(event.code);
      // Arrows would scroll the page or a list.
      event.preventDefault();
    }
    this.update(event.shiftKey);
  }

  private release(event: KeyboardEvent): void {
    this.down.delete(event.code);
    this.update(event.shiftKey);
  }

  private releaseAll(): void {
    this.down.clear();
    this.update(false);
  }

  private update(shift: boolean): void {
    let [x, y, turn] = [0, 0, 0];
    for (const code of this.down) {
      const move = MOVES[code];
      x += move?.x ?? 0;
      y += move?.y ?? 0;
      turn += TURNS[code] ?? 0;
    }
    const length = Math.hypot(x, y) || 1;
    const { controls } = this;
    const before = `${controls.x} ${controls.y} ${controls.run}`;
    controls.x = x / length;
    controls.y = y / length;
    controls.run = shift;
    this.turn = Math.sign(turn);
    if (before !== `${controls.x} ${controls.y} ${controls.run}`) this.onChange();
  }
}
