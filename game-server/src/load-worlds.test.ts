import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadWorlds, WorldProblem } from './load-worlds.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatmux-worlds-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const yard = {
  format: 1,
  id: 'yard',
  name: 'The yard',
  bounds: { minX: -10, maxX: 10, minZ: -10, maxZ: 10 },
  spawn: { x: 0, z: 0, radius: 2, turn: 0 },
  grounds: [],
  things: [{ look: 'rock', x: 6, z: 0, width: 2, height: 1, depth: 2, solid: 'box' }],
  zones: [] as unknown[],
};
const gate = {
  kind: 'portal',
  id: 'gate',
  name: 'The gate',
  shape: 'box',
  x: 0,
  z: 6,
  width: 3,
  depth: 1,
  to: { world: 'beach', portal: 'home' },
  arrive: { x: 0, z: 4, turn: 180 },
};
const home = { ...gate, id: 'home', to: { world: 'yard', portal: 'gate' } };
const nook = { kind: 'quiet', id: 'nook', name: 'Nook', shape: 'circle', x: -5, z: -5, width: 4, depth: 4 };

const put = (file: string, content: unknown) =>
  writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));

/** The lines that loading complains with. */
async function complaints(): Promise<string[]> {
  const problem = await loadWorlds(folder).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(problem).toBeInstanceOf(WorldProblem);
  return problem instanceof Error ? problem.message.split('\n') : [];
}

it('opens worlds whose portals lead to each other', async () => {
  await put('yard.json', { ...yard, zones: [gate, nook] });
  await put('beach.json', { ...yard, id: 'beach', zones: [home, nook] });
  await put('notes.txt', 'not a world');
  expect([...(await loadWorlds(folder)).keys()]).toEqual(['beach', 'yard']);
});

it('opens the worlds we ship', async () => {
  const worlds = await loadWorlds(fileURLToPath(new URL('../../assets/worlds', import.meta.url)));
  for (const id of ['plaza', 'beach'])
    expect(worlds.get(id)?.zones.map(({ kind }) => kind)).toContain('portal');
});

it('names a target that is no world, no portal there, or something else than a portal', async () => {
  await put('yard.json', {
    ...yard,
    zones: [
      { ...gate, id: 'one', to: { world: 'atlantis' } },
      { ...gate, id: 'two', to: { world: 'beach', portal: 'cellar' } },
      { ...gate, id: 'three', to: { world: 'beach', portal: 'nook' } },
      { ...gate, id: 'four', to: { world: 'yard', portal: 'four' } },
      { ...gate, id: 'five', to: { world: 'beach' } },
    ],
  });
  await put('beach.json', { ...yard, id: 'beach', zones: [nook] });
  expect((await complaints()).slice(1)).toEqual([
    '  yard.json: zones.0.to.world: there is no world “atlantis”',
    '  yard.json: zones.1.to.portal: “beach” has no portal “cellar”',
    '  yard.json: zones.2.to.portal: “nook” of “beach” is a quiet, not a portal',
    '  yard.json: zones.3.to.portal: it leads to itself',
  ]);
});

it('wants zones inside the bounds, turned ones too', async () => {
  await put('yard.json', {
    ...yard,
    zones: [
      { ...nook, x: -8.01 },
      { ...nook, id: 'fits', x: -8 },
      { ...nook, id: 'long', shape: 'box', x: 0, z: 0, width: 22, depth: 1 },
      { ...nook, id: 'across', shape: 'box', x: 0, z: 0, width: 22, depth: 1, turn: 45 },
      { ...nook, id: 'side', shape: 'box', x: 9, z: 0, width: 20, depth: 2, turn: 90 },
    ],
  });
  expect((await complaints()).slice(1).map((line) => line.split(':')[1]?.trim())).toEqual([
    'zones.0',
    'zones.2',
  ]);
});

it('wants those who come by a portal to stand free, inside the bounds and outside every portal', async () => {
  const to = { world: 'yard' };
  const arrive = (x: number, z: number) => ({ x, z, turn: 0 });
  await put('yard.json', {
    ...yard,
    zones: [
      { ...gate, id: 'out', to, arrive: arrive(0, 11) },
      { ...gate, id: 'edge', to, arrive: arrive(0, -9.8) },
      { ...gate, id: 'rock', to, arrive: arrive(6, 0) },
      { ...gate, id: 'again', to, z: -6, arrive: arrive(0, 6) },
      { ...gate, id: 'fine', to, arrive: arrive(0, 5.4) },
    ],
  });
  expect((await complaints()).slice(1)).toEqual([
    expect.stringMatching(/yard\.json: zones\.0\.arrive: 0, 11 is out of bounds/),
    expect.stringMatching(/yard\.json: zones\.1\.arrive: nobody fits at 0, -9.8/),
    expect.stringMatching(/yard\.json: zones\.2\.arrive: nobody fits at 6, 0/),
    expect.stringMatching(/yard\.json: zones\.3\.arrive: 0, 6 lies in the portal “out”/),
  ]);
});

it('wants the spawn on free ground, and no portal in its circle', async () => {
  await put('yard.json', { ...yard, spawn: { x: 6, z: 0, radius: 0, turn: 0 } });
  expect((await complaints())[1]).toMatch(/yard\.json: spawn: nobody fits at 6, 0/);
  await put('yard.json', {
    ...yard,
    spawn: { x: 0, z: 3, radius: 3, turn: 0 },
    zones: [{ ...gate, to: { world: 'yard' } }],
  });
  expect((await complaints())[1]).toMatch(/yard\.json: spawn: .*portal “gate”/);
});

it('tells all faults of all files at once, and does not blame a portal for a file that is broken', async () => {
  await put('yard.json', { ...yard, zones: [gate, { ...gate, id: 'lost', to: { world: 'atlantis' } }] });
  await put('beach.json', '{ "format": 1, ');
  await put('cellar.json', { ...yard, id: 'cellar', name: '', things: [{ look: 'dragon' }] });
  await put('attic.json', { ...yard, id: 'loft' });
  const said = (await complaints()).join('\n');
  expect(said).toMatch(/beach\.json is not JSON/);
  expect(said).toMatch(/cellar\.json[\s\S]*name:[\s\S]*things\.0\.look/);
  expect(said).toMatch(/attic\.json has the id “loft”: it must be named loft\.json/);
  expect(said).toMatch(/yard\.json: zones\.1\.to\.world: there is no world “atlantis”/);
  expect(said).not.toMatch(/no world “beach”/);
});
