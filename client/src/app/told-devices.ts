import type { DevicesMessage } from '@chatmux/schema';

/** The server lets one change a second through; by then there is room for the last. */
const AGAIN_MS = 1500;

/**
 * Tells the room what we send. Whoever plays with their microphone is refused at some point, and others would see it off
 * while it is on: what holds then is told again.
 */
export class ToldDevices {
  private readonly send: (devices: DevicesMessage) => void;
  private last: DevicesMessage | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (devices: DevicesMessage) => void) {
    this.send = send;
  }

  tell(devices: DevicesMessage): void {
    this.last = devices;
    this.send(devices);
  }

  /** The server did not take what was told: too many changes at once. */
  refused(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.last && this.send(this.last), AGAIN_MS);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}
