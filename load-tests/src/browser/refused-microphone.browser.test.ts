import { afterAll, beforeAll, expect, it } from 'vitest';
import { allHear, hears } from './harness/call.ts';
import { RunningWorld } from './harness/running-world.ts';
import { Visitor } from './harness/visitor.ts';

/** Few pictures: four browsers share the machine. */
const LIGHT = { maxFps: 6, context: { viewport: { width: 420, height: 300 } } };

let world: RunningWorld;
const talkers: Visitor[] = [];
let noor: Visitor;

beforeAll(async () => {
  world = await RunningWorld.start();
  for (const [name, tone] of Object.entries({ Ada: 440, Lin: 660, Max: 1100 }))
    talkers.push(await Visitor.enter(world.url, { name, tone, mic: true, ...LIGHT }));
  noor = await Visitor.enter(world.url, { name: 'Noor', tone: 880, permission: 'denied', ...LIGHT });
}, 300_000);
afterAll(async () => {
  for (const visitor of [...talkers, noor]) await visitor?.close();
  await world?.stop();
});

const askFor = ({ page }: Visitor) => page.getByRole('button', { name: 'Turn microphone on' });
/** Sound that one gets of another; undefined for none. */
const soundOf = (listener: Visitor, { name }: Visitor) =>
  listener.page.evaluate((wanted) => {
    const id = Object.entries(window.chatmux.people()).find(([, known]) => known === wanted)?.[0];
    return window.chatmux.voices().find((one) => one.id === Number(id))?.audio;
  }, name);

it('whose microphone is refused is told why, and goes on hearing everybody', async () => {
  await hears(noor, ...talkers);
  await askFor(noor).click();
  await noor.page.getByText('Your browser didn’t let us use the microphone. You can still listen.').waitFor();
  const what = await askFor(noor).getAttribute('aria-description');
  expect(what).toContain('Allow it beside the page');
  await hears(noor, ...talkers);
  for (const talker of talkers) expect(await soundOf(talker, noor), talker.name).toBeUndefined();
});

it('and who allows it then asks again, and is heard by everybody', async () => {
  await noor.page.context().grantPermissions(['microphone']);
  await askFor(noor).click();
  await noor.page.getByRole('button', { name: 'Turn microphone off' }).waitFor();
  await allHear([...talkers, noor]);
  for (const { name, complaints } of [...talkers, noor]) expect(complaints, name).toEqual([]);
});
