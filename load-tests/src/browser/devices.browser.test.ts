import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeViolations } from './harness/axe-violations.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor, waitFor } from './harness/visitor.ts';

declare global {
  interface Window {
    /** Everything that was opened of microphones and cameras, oldest first. */
    opened: MediaStreamTrack[];
    /** Ids of devices that are unplugged. */
    unplugged: Set<string>;
  }
}

/** Keeps what is opened within reach of the test, and lets it unplug devices as a browser would show it. */
async function keepOpened(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.opened = [];
    window.unplugged = new Set();
    const { mediaDevices } = navigator;
    const [ask, list] = [
      mediaDevices.getUserMedia.bind(mediaDevices),
      mediaDevices.enumerateDevices.bind(mediaDevices),
    ];
    mediaDevices.getUserMedia = async (constraints = {}) => {
      const of = constraints.audio || constraints.video;
      const id = typeof of === 'object' ? (of.deviceId as ConstrainDOMStringParameters)?.exact : undefined;
      if (typeof id === 'string' && window.unplugged.has(id))
        throw new DOMException('it is unplugged', 'NotFoundError');
      const stream = await ask(constraints);
      window.opened.push(...stream.getTracks());
      return stream;
    };
    mediaDevices.enumerateDevices = async () =>
      (await list()).filter(({ deviceId }) => !window.unplugged.has(deviceId));
  });
}

const TABS = ['Devices', 'Voice', 'Hearing', 'World'];

describe('devices in the middle of a call', () => {
  let world: RunningWorld;
  let ada: Visitor;
  let lin: Visitor;

  beforeAll(async () => {
    world = await RunningWorld.start();
    const context = { viewport: { width: 900, height: 700 } };
    ada = await Visitor.enter(world.url, { name: 'Ada', mic: true, cam: true, prepare: keepOpened, context });
    lin = await Visitor.enter(world.url, { name: 'Lin' });
    await linHears();
    await linSees();
    await ada.page.keyboard.press('o');
    await ada.page.getByRole('dialog', { name: 'Settings' }).waitFor();
  }, 180_000);
  afterAll(async () => {
    for (const visitor of [ada, lin]) await visitor?.close();
    await world?.stop();
  });

  const open = (tab: string) => ada.page.getByRole('tab', { name: tab }).click();
  const pick = (name: string) => ada.page.getByRole('combobox', { name });
  const toast = (text: string) => ada.page.getByText(text).first().waitFor();
  const linHears = () => waitFor(async () => (await lin.level()) > 0.01, 'Lin hears Ada');
  /** Packets of Ada's voice that come to Lin in a second, as seen over two; of talk there are 50. */
  async function packetRate(): Promise<number> {
    const count = async () => (await lin.received())?.audio?.packetsReceived ?? 0;
    const [before, fromMs] = [await count(), performance.now()];
    await new Promise((resolve) => setTimeout(resolve, 2000));
    return ((await count()) - before) / ((performance.now() - fromMs) / 1000);
  }
  const linHearsNothing = () => waitFor(async () => (await lin.level()) === 0, 'Lin hears nothing');
  async function linSees(): Promise<void> {
    const frames = async () => (await lin.received())?.video?.framesDecoded ?? 0;
    const before = await frames();
    await waitFor(async () => (await frames()) > before + 3, 'Lin sees Ada');
  }
  /** The newest of a kind, and how many of that kind are open. */
  const newest = (kind: 'audio' | 'video') =>
    ada.page.evaluate((of) => {
      const all = window.opened.filter((track) => track.kind === of);
      const last = all.at(-1);
      const live = all.filter(({ readyState }) => readyState === 'live').length;
      return { settings: last?.getSettings(), hint: last?.contentHint, live };
    }, kind);

  it('another microphone is taken, and the others go on hearing', async () => {
    const before = (await newest('audio')).settings?.deviceId;
    const label = (await pick('Microphone').locator('option').allTextContents()).at(-1) ?? '';
    await pick('Microphone').selectOption({ label });
    await waitFor(async () => (await newest('audio')).settings?.deviceId !== before, 'another one is open');
    expect((await newest('audio')).live).toBe(1);
    await linHears();
  });

  it('another camera is taken, and the others go on seeing', async () => {
    const before = (await newest('video')).settings?.deviceId;
    const labels = await pick('Camera').locator('option').allTextContents();
    expect(labels.length).toBe(4);
    await pick('Camera').selectOption({ label: labels.at(-1) ?? '' });
    await waitFor(async () => (await newest('video')).settings?.deviceId !== before, 'another one is open');
    await waitFor(async () => (await newest('video')).live === 1, 'the one before is closed');
    await linSees();
  });

  it('one that vanishes is stood in for, and taken again when it is back; both are said', async () => {
    const id = (await newest('audio')).settings?.deviceId ?? '';
    await ada.page.evaluate((gone) => {
      window.unplugged.add(gone);
      const track = window.opened.filter(({ kind }) => kind === 'audio').at(-1);
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    }, id);
    await toast('Your microphone went away. We use “');
    expect((await newest('audio')).settings?.deviceId).not.toBe(id);
    expect(await pick('Microphone').inputValue()).toBe(id);
    await linHears();
    await ada.page.evaluate(() => {
      window.unplugged.clear();
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
    });
    await toast('Your microphone is back. We use it again.');
    expect((await newest('audio')).settings?.deviceId).toBe(id);
    expect((await newest('audio')).live).toBe(1);
    await linHears();
  });

  it('each cleaning has a switch of its own', async () => {
    await open('Voice');
    await ada.page.getByRole('switch', { name: 'Take out noise' }).check();
    await waitFor(
      async () => (await newest('audio')).settings?.noiseSuppression === true,
      'noise is taken out',
    );
    expect((await newest('audio')).settings).toMatchObject({
      echoCancellation: false,
      autoGainControl: false,
    });
    await ada.page.getByRole('switch', { name: 'Take out noise' }).uncheck();
    await waitFor(async () => (await newest('audio')).settings?.noiseSuppression === false, 'no more');
    await linHears();
  });

  it('music is sent as music, and talk as talk again', async () => {
    await open('Voice');
    await ada.page.getByText('Music', { exact: true }).click();
    await waitFor(async () => (await newest('audio')).hint === 'music', 'music is taken up');
    await linHears();
    expect(await ada.page.getByRole('switch', { name: 'Take out noise' }).count()).toBe(0);
    await ada.page.getByText('Talk', { exact: true }).click();
    await waitFor(async () => (await newest('audio')).hint === '', 'talk is taken up');
    await linHears();
  });

  it('pushing to talk sends while the key or the button is held, and not longer', async () => {
    await open('Voice');
    await ada.page.getByText('Push to talk', { exact: true }).click();
    await linHearsNothing();
    // Silence is a packet now and then, by which the others know that the line is there.
    expect(await packetRate()).toBeLessThan(10);
    expect((await newest('audio')).live).toBe(1);
    const { page } = ada;
    await page.keyboard.down('t');
    await linHears();
    expect(await packetRate()).toBeGreaterThan(30);
    await page.keyboard.up('t');
    await linHearsNothing();
    await page.keyboard.down('t');
    await linHears();
    // As when another window comes to the front.
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await linHearsNothing();
    await page.keyboard.up('t');
    const button = page.getByRole('button', { name: 'Hold to talk' });
    await button.hover();
    await page.mouse.down();
    await linHears();
    await page.mouse.up();
    await linHearsNothing();
    await button.focus();
    await page.keyboard.down('Space');
    await linHears();
    await page.keyboard.up('Space');
    await linHearsNothing();
    await page.getByText('Always', { exact: true }).click();
    await linHears();
  });

  it('the speaker can be tried', async () => {
    await open('Devices');
    await ada.page.getByRole('button', { name: 'Play a test sound' }).click();
    await ada.page.getByText('If you heard nothing').waitFor();
  });

  it('axe finds nothing in any part of the settings, dark and light', async () => {
    const { SCREENSHOTS } = process.env;
    for (const colorScheme of ['dark', 'light'] as const) {
      await ada.page.evaluate((theme) => {
        document.documentElement.dataset.theme = theme;
      }, colorScheme);
      for (const tab of TABS) {
        await open(tab);
        expect(await axeViolations(ada.page), `${tab}, ${colorScheme}`).toEqual([]);
        if (SCREENSHOTS)
          await ada.page.screenshot({ path: `${SCREENSHOTS}/settings-${tab}-${colorScheme}.png` });
      }
    }
  });

  it('off means that nothing is open', async () => {
    await ada.page.keyboard.press('Escape');
    for (const device of ['microphone', 'camera'])
      await ada.page.getByRole('button', { name: `Turn ${device} off` }).click();
    await waitFor(
      async () => (await newest('audio')).live + (await newest('video')).live === 0,
      'every track is ended',
    );
    expect(ada.complaints).toEqual([]);
  });

  it('what was chosen is still chosen after a reload', async () => {
    const chosen = () =>
      ada.page.evaluate(() => JSON.parse(localStorage.getItem('chatmux') ?? '{}').devices?.chosen.mic.name);
    const name = await chosen();
    expect(name).toMatch(/\S/);
    await ada.page.reload();
    const select = ada.page.getByRole('combobox', { name: 'Microphone' });
    await waitFor(
      async () => (await select.locator('option:checked').textContent())?.includes(name) === true,
      'it is chosen in the lobby',
    );
  });
});
