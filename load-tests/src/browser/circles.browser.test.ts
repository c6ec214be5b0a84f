import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { axeViolations } from './harness/axe-violations.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor } from './harness/visitor.ts';

/** Room for the list of people beside the world; few pictures, since three browsers share the machine. */
const ROOMY = { maxFps: 4, context: { viewport: { width: 1100, height: 640 } } };

let world: RunningWorld;
const open: Visitor[] = [];

beforeAll(async () => {
  world = await RunningWorld.start({ MEDIA: 'direct' });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((visitor) => visitor.close()));
});
afterAll(() => world?.stop());

async function enter(name: string): Promise<Visitor> {
  const visitor = await Visitor.enter(world.url, { name, ...ROOMY });
  open.push(visitor);
  return visitor;
}

const together = ({ page }: Visitor) => page.getByRole('region', { name: 'Together with you' });
const walkTo = ({ page }: Visitor, name: string) =>
  page.getByRole('button', { name: `Walk to ${name}` }).click();

it('who stands together is a circle; it can be locked, and who knocks is let in', async () => {
  const ada = await enter('Ada');
  const lin = await enter('Lin');
  await walkTo(lin, 'Ada');
  await together(lin).getByText('Ada').waitFor();
  await together(ada).getByText('Lin').waitFor();
  await ada.page.getByText('In a circle with Lin').waitFor();

  await ada.page.keyboard.press('l');
  await together(lin).getByText('Locked: others knock.').waitFor();

  const mo = await enter('Mo');
  await walkTo(mo, 'Ada');
  await mo.page.getByRole('region', { name: /^Others talking, locked/ }).waitFor();
  expect(await together(mo).count(), 'nobody slips into a locked circle').toBe(0);
  expect(await axeViolations(mo.page), 'before a locked circle').toEqual([]);
  await mo.page.getByRole('button', { name: /^Knock at / }).click();
  await mo.page.getByText(/^You knocked at /).waitFor();

  const door = ({ page }: Visitor) => page.getByRole('dialog', { name: 'Mo knocks.' });
  await Promise.all([door(ada).waitFor(), door(lin).waitFor()]);
  expect(await axeViolations(ada.page), 'with a knock').toEqual([]);
  const letIn = ada.page.getByRole('button', { name: 'Let in Mo' });
  await letIn.focus();
  await ada.page.keyboard.press('Enter');
  await mo.page.getByRole('status').getByText('You are let in: walk up to them.').waitFor();

  await walkTo(mo, 'Ada');
  await together(mo).getByText('Lin').waitFor();
  await together(lin).getByText('Mo').waitFor();
  await door(lin).waitFor({ state: 'detached' });
  await together(mo).getByRole('button', { name: 'Unlock your circle' }).click();
  await together(ada).getByText('Open: anyone may join.').waitFor();
  for (const { name, complaints } of [ada, lin, mo]) expect(complaints, name).toEqual([]);
});

// Other names in each test: who closes the browser keeps a seat for a while.
it('whom one blocks is neither heard nor seen, until one takes it back', async () => {
  const kim = await enter('Kim');
  const noor = await enter('Noor');
  await walkTo(noor, 'Kim');
  const { page } = kim;
  const hears = ({ page: theirs }: Visitor) =>
    theirs.waitForFunction(() => window.chatmux.plan()?.some(({ audio }) => audio));
  const hearsNobody = ({ page: theirs }: Visitor) =>
    theirs.waitForFunction(() => !window.chatmux.plan()?.some(({ audio, video }) => audio || video > 0));
  await Promise.all([hears(kim), hears(noor)]);

  await page.getByRole('button', { name: 'More about Noor' }).click();
  await page.getByRole('button', { name: 'Block Noor' }).press('Enter');
  await page.getByRole('button', { name: 'Block', exact: true }).press('Enter');
  const blocked = page.getByRole('region', { name: 'Blocked' });
  await blocked.getByText('Noor').waitFor();
  await Promise.all([hearsNobody(kim), hearsNobody(noor)]);
  expect(await axeViolations(page), 'with somebody blocked').toEqual([]);

  await blocked.getByRole('button', { name: 'Unblock Noor' }).press('Enter');
  await Promise.all([hears(kim), hears(noor)]);
});

it('a menu stays open, and the focus where it is, when its person joins one and goes', async () => {
  const { page } = await enter('Una');
  const vito = await enter('Vito');
  await page.getByRole('button', { name: 'More about Vito' }).press('Enter');
  const volume = page.getByRole('slider', { name: /Vito/ });
  const isFocused = () => volume.evaluate((slider) => slider === document.activeElement);
  await expect.poll(isFocused).toBe(true);
  const near = page.getByRole('region', { name: 'Together with you' });
  await walkTo(vito, 'Una');
  await near.getByText('Vito', { exact: true }).waitFor();
  await expect.poll(isFocused, { message: 'it goes along with its row' }).toBe(true);

  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await vito.page.keyboard.down('s');
  await near.waitFor({ state: 'detached' });
  await vito.page.keyboard.up('s');
  expect(await volume.isVisible()).toBe(true);
  expect(await page.evaluate(() => document.activeElement === document.body), 'it takes none').toBe(true);
  await page.getByRole('button', { name: 'Block Vito' }).press('Enter');
  await page.getByRole('button', { name: 'Cancel' }).press('Enter');
  const more = page.getByRole('button', { name: 'More about Vito' });
  expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
});

it('who does not want to be disturbed hears nobody, and others see that', async () => {
  const sol = await enter('Sol');
  const ravi = await enter('Ravi');
  await walkTo(ravi, 'Sol');
  await ravi.page.waitForFunction(() => window.chatmux.plan()?.some(({ audio }) => audio));
  await sol.page.getByRole('button', { name: 'Status' }).click();
  await sol.page.getByRole('switch', { name: /^Do not disturb/ }).check();
  await ravi.page.getByText(/does not want to be disturbed$/).waitFor();
  await ravi.page.waitForFunction(() => !window.chatmux.plan()?.some(({ audio }) => audio));
  expect(await axeViolations(sol.page), 'with the status open').toEqual([]);
  await sol.page.keyboard.press('Escape');
  await sol.page.keyboard.press('`');
  await sol.page.getByRole('table', { name: 'People on the map' }).getByText('Ravi').waitFor();
  expect(await axeViolations(sol.page), 'with the facts for developers').toEqual([]);
  await sol.page.keyboard.press('Escape');
  await sol.page.keyboard.press('b');
  await ravi.page.waitForFunction(() => window.chatmux.plan()?.some(({ audio }) => audio));
});
