import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Inspection } from '../../../../client/src/app/inspect.ts';
import { NEW_WISHES } from '../../../../client/src/store/devices.ts';
import { openToneBrowser, type ToneBrowser } from './tone-browser.ts';

declare global {
  interface Window {
    chatmux: Inspection;
  }
}

export interface VisitorOptions {
  name: string;
  /** Frequency of the tone that is their voice, in hertz. */
  tone?: number;
  mic?: boolean;
  cam?: boolean;
  /** Frames a second at most: two browsers share two cores with everything else. */
  maxFps?: number;
  /** Answer to the question for microphone and camera. @default granted */
  permission?: 'granted' | 'denied';
  context?: BrowserContextOptions;
  /** Done to the page before it is opened. */
  prepare?: (page: Page) => Promise<void>;
}

/** One person in a browser of their own, with a tone for a voice and Chromium's test picture for a face. */
export class Visitor {
  readonly page: Page;
  readonly name: string;
  /** Everything the page complained about: errors, and violations of its security policy. */
  readonly complaints: string[] = [];
  private readonly chromium: ToneBrowser;

  private constructor(chromium: ToneBrowser, page: Page, name: string) {
    this.chromium = chromium;
    this.page = page;
    this.name = name;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  /** Opens a browser at an address, with the settings of a weak machine. */
  static async open(url: string, options: VisitorOptions): Promise<Visitor> {
    const chromium = await openToneBrowser(options.tone ?? 440, 0.1, options.permission);
    const { browser } = chromium;
    const context = await browser.newContext({ viewport: { width: 480, height: 320 }, ...options.context });
    const page = await context.newPage();
    const visitor = new Visitor(chromium, page, options.name);
    const settings = {
      quality: 'low',
      maxFps: options.maxFps ?? 10,
      theme: 'dark',
      volume: 1,
      nameTags: true,
    };
    // What the browser does to clean a voice up would change a tone's level.
    const devices = { ...NEW_WISHES, cleaning: { echo: false, noise: false, gain: false } };
    await page.addInitScript((saved) => {
      if (!localStorage.getItem('chatmux')) localStorage.setItem('chatmux', saved);
    }, JSON.stringify({ settings, devices }));
    await options.prepare?.(page);
    await page.goto(`${url}/?inspect`);
    return visitor;
  }

  /** Opens a browser and walks in, through the screen everybody sees. */
  static async enter(url: string, options: VisitorOptions): Promise<Visitor> {
    const visitor = await Visitor.open(url, options);
    const { page } = visitor;
    await page.getByRole('textbox', { name: 'Your name' }).fill(options.name);
    if (options.mic) await visitor.turnOn('microphone');
    if (options.cam) await visitor.turnOn('camera');
    await page.getByRole('button', { name: 'Enter', exact: true }).click();
    await visitor.inside();
    return visitor;
  }

  async turnOn(device: 'microphone' | 'camera'): Promise<void> {
    await this.page.getByRole('button', { name: `Turn ${device} on` }).click();
    await this.page.getByRole('button', { name: `Turn ${device} off` }).waitFor();
  }

  /** Waits until we stand in the world and it is drawn. */
  async inside(): Promise<void> {
    await this.page.waitForFunction(
      () => window.chatmux.me() !== undefined && document.querySelector('canvas') !== null,
    );
  }

  async close(): Promise<void> {
    await this.chromium.close();
  }

  /** Holds a key until something is so, then lets go and waits until we stand. */
  async hold(key: string, until: () => Promise<boolean>): Promise<void> {
    await this.page.keyboard.down(key);
    try {
      await waitFor(until, `${this.name} holds ${key}`, 30_000, 30);
    } finally {
      await this.page.keyboard.up(key);
    }
    await this.page.waitForFunction(() => window.chatmux.me()?.speed === 0);
  }

  /** Metres to the only other person, as our own browser shows it. */
  async distance(): Promise<number> {
    return this.page.evaluate(() => {
      const me = window.chatmux.me();
      const [other] = Object.values(window.chatmux.others());
      return me && other ? Math.hypot(other.x - me.x, other.z - me.z) : Number.NaN;
    });
  }

  /** Our voice of the only other person, as it stands in the audio graph. */
  async voice() {
    return this.page.evaluate(() => window.chatmux.voices()[0]);
  }

  /** What was received of the only other person until now, all connections together. */
  async received() {
    return this.page.evaluate(async () => (await window.chatmux.stats())?.[0]);
  }

  /** Waits until no packet of these has come from the only other person for two seconds. */
  async nothingComes(kinds: readonly ('audio' | 'video' | 'screen' | 'screenAudio')[]) {
    const packets = async () => {
      const received = await this.received();
      return kinds.map((kind) => received?.[kind]?.packetsReceived ?? 0).join(' ');
    };
    await waitFor(
      async () => {
        const before = await packets();
        await new Promise((resolve) => setTimeout(resolve, 2000));
        return (await packets()) === before;
      },
      `nothing of ${kinds.join(' and ')} comes to ${this.name}`,
    );
  }

  /** Middle of several looks at the level of the only other voice, behind gain and panner. */
  async level(): Promise<number> {
    const looks: number[] = [];
    for (let i = 0; i < 15; i++) {
      looks.push((await this.voice())?.level ?? 0);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    return looks.sort((a, b) => a - b)[7] ?? 0;
  }
}

/** Waits until something is so. @throws Error naming what was waited for */
export async function waitFor(
  holds: () => Promise<boolean>,
  what: string,
  ms = 60_000,
  everyMs = 100,
): Promise<void> {
  const end = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
