import type { Milliseconds } from '@chatmux/schema';

/** The server is told at most four times a second. */
const GAP_MS: Milliseconds = 250;

/** Tells the server whether we speak: what is true now, when it is not what was told last, and not too often. */
export class OwnSpeaking {
  private readonly send: (on: boolean) => void;
  private now = false;
  private told = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (on: boolean) => void) {
    this.send = send;
  }

  update(on: boolean): void {
    this.now = on;
    if (this.timer === undefined) this.tell();
  }

  /** A new seat: there nobody has heard us yet. */
  startAnew(): void {
    this.stop();
    this.told = false;
    this.tell();
  }

  /** Nobody is there to be told. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private tell(): void {
    if (this.now === this.told) return;
    this.told = this.now;
    this.send(this.now);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.tell();
    }, GAP_MS);
  }
}
