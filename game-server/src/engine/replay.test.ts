import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runTick } from '../systems/schedule.ts';
import { createWorld } from '../world/create-world.ts';
import type { Command, World } from '../world/types.ts';
import { CommandRecorder, type LineSink } from './command-log.ts';
import { openRecording } from './recording-file.ts';
import { Recordings } from './recordings.ts';
import { ReplayProblem, replay, replayFile } from './replay.ts';
import { stateHash } from './state-hash.ts';
import { RandomCrowd, YARD } from './testing/random-crowd.ts';
import { loadWorldDump } from './world-dump.ts';

const MAPS = new Map([[YARD.id, YARD]]);
const fromDump = (dump: unknown) => loadWorldDump(dump, MAPS);

/** Runs a world and records it, as the engine does. */
function run(seed: number, ticks: number, begin: (world: World) => CommandRecorder | undefined): World {
  const world = createWorld(YARD);
  const crowd = new RandomCrowd(seed, 40);
  const recorder = begin(world);
  for (let i = 0; i < ticks; i++) {
    const commands = crowd.next();
    recorder?.before(commands);
    runTick(world, commands);
    recorder?.after();
  }
  return world;
}

function record(seed: number, ticks: number, sink: LineSink, hashTicks?: number): World {
  const recorders: CommandRecorder[] = [];
  const world = run(seed, ticks, (of) => {
    recorders.push(new CommandRecorder(of, sink, hashTicks));
    return recorders[0];
  });
  recorders[0]?.close();
  return world;
}

function recorded(seed: number, ticks: number, hashTicks?: number): { world: World; lines: string[] } {
  const lines: string[] = [];
  const sink = { write: (line: string) => lines.push(line), close: () => undefined };
  return { world: record(seed, ticks, sink, hashTicks), lines };
}

describe('a replay', { timeout: 60_000 }, () => {
  it.each([1, 2, 3])('of a recording comes to the same state (seed %i)', async (seed) => {
    const { world, lines } = recorded(seed, 1000);
    const result = await replay(lines, fromDump);
    expect(result).toMatchObject({ agreed: 6, failed: [], differs: undefined, end: undefined });
    expect(stateHash(result.world)).toBe(stateHash(world));
    expect(result.world.tick).toBe(1000);
  });

  it('finds the tick from which on a changed recording differs', async () => {
    const { lines } = recorded(4, 600, 20);
    const at = lines.findIndex((line, i) => i > 400 && /"type":"input".*"gait":1/.test(line));
    const text = lines[at] ?? '';
    const { t } = JSON.parse(text) as { t: number };
    const changed = lines.with(at, text.replace('"gait":1', '"gait":2'));
    const result = await replay(changed, fromDump);
    const next = Math.ceil(t / 20) * 20;
    expect(result.differs).toEqual({ tick: next, since: next - 20 });
  });

  it('finds a place that differs by its last digit', async () => {
    const { lines } = recorded(5, 100, 10);
    const at = lines.findIndex((line, i) => i > 20 && line.includes('"type":"join"'));
    const { t, c } = JSON.parse(lines[at] ?? '') as { t: number; c: Command[] };
    for (const command of c) if (command.type === 'join') command.at.x *= 1 + Number.EPSILON;
    const result = await replay(lines.with(at, JSON.stringify({ t, c })), fromDump);
    expect(result.differs?.tick).toBe(Math.ceil(t / 10) * 10);
  });

  it('takes a last line that was cut off for the end', async () => {
    const { lines } = recorded(6, 300);
    const cut = [...lines.slice(0, -1), (lines.at(-1) ?? '').slice(0, 9)];
    expect(await replay(cut, fromDump)).toMatchObject({
      differs: undefined,
      end: 'the last line was cut off',
    });
  });

  it('names the line where a recording is broken', async () => {
    const { lines } = recorded(7, 60);
    const broken = async (from: string[]) => replay(from, fromDump);
    await expect(broken([])).rejects.toThrow(ReplayProblem);
    await expect(broken(['{}'])).rejects.toThrow('line 1 of the recording: this is no recording');
    await expect(broken(lines.with(3, '{"t":'))).rejects.toThrow('line 4 of the recording: it is not JSON');
    await expect(broken(lines.with(3, '{"t":1,"x":2}'))).rejects.toThrow('line 4');
    await expect(broken(lines.with(3, '{"t":4,"c":[{"type":"fly","id":1}]}'))).rejects.toThrow('no commands');
    await expect(broken(lines.with(9, '{"t":1,"c":[]}'))).rejects.toThrow('comes after');
    await expect(broken([...lines, '{"t":9e9,"c":[]}'])).rejects.toThrow('nothing stands between');
  });
});

describe('a recording in a file', { timeout: 60_000 }, () => {
  let folder: string;
  const said: string[] = [];
  const log = { info: (text: string) => said.push(text), warn: (text: string) => said.push(text) };
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'chatmux-recording-')), 'recordings');
    said.length = 0;
  });
  afterEach(() => rmSync(join(folder, '..'), { recursive: true }));
  const open = (limits: { maxBytes?: number; maxFolderBytes?: number } = {}) =>
    openRecording({ folder, roomId: 'a/../b', now: new Date(0), log, ...limits });

  it('can be replayed, and only we may read it', async () => {
    const file = open();
    if (!file) throw new Error('there is no file');
    const world = record(8, 500, file);
    await file.done;
    expect(readdirSync(folder)).toEqual(['a____b-1970-01-01T00-00-00-000Z.ndjson']);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const result = await replayFile(file.path, MAPS);
    expect(result).toMatchObject({ agreed: 3, differs: undefined });
    expect(stateHash(result.world)).toBe(stateHash(world));
  });

  it('stops before it grows too large, says so, and can be replayed up to there', async () => {
    const file = open({ maxBytes: 100_000 });
    if (!file) throw new Error('there is no file');
    record(9, 2000, file);
    await file.done;
    expect(statSync(file.path).size).toBeLessThan(100_200);
    expect(said.at(-1)).toMatch(/ended: it would be larger than 100000 bytes/);
    const result = await replayFile(file.path, MAPS);
    expect(result).toMatchObject({ differs: undefined, end: 'it would be larger than 100000 bytes' });
    expect(result.world.tick).toBeGreaterThan(100);
  });

  it('tells of a file that can’t be written, and the room goes on', async () => {
    const before = open();
    before?.close();
    await before?.done;
    // The same room in the same moment: the file is there already, and nobody's recording is overwritten.
    const file = open();
    if (!file) throw new Error('there is no file');
    record(10, 50, file);
    await file.done;
    expect(said.at(-1)).toMatch(/ended: EEXIST/);
    expect(readFileSync(file.path, 'utf8')).toBe('');
  });

  it('does not begin where the folder is full', () => {
    open()?.close();
    writeFileSync(join(folder, 'old.ndjson'), 'x'.repeat(1000));
    expect(open({ maxFolderBytes: 1000 })).toBeUndefined();
    expect(said.at(-1)).toMatch(/is not recorded: .* is full/);
  });

  it('is one for each room, and a stop waits for all', async () => {
    const recordings = new Recordings(folder, log);
    const worlds = ['a', 'b'].map((roomId, i) =>
      run(20 + i, 250, (world) => recordings.begin(roomId, world, new Date(0))),
    );
    await recordings.close();
    const files = readdirSync(folder).sort();
    for (const [i, file] of files.entries()) {
      const { world, agreed } = await replayFile(join(folder, file), MAPS);
      expect(agreed).toBe(1);
      // Who is at the end of a file that was not closed by its room is as of its last line with commands.
      expect([...world.people.keys()]).toEqual([...(worlds[i]?.people.keys() ?? [])]);
    }
    expect(files).toHaveLength(2);
  });

  it('is none where the folder can’t be made, and the room goes on', () => {
    writeFileSync(join(folder, '..', 'file'), '');
    const recordings = new Recordings(join(folder, '..', 'file', 'recordings'), log);
    expect(recordings.begin('a', createWorld(YARD), new Date(0))).toBeUndefined();
    expect(said.at(-1)).toMatch(/^room a is not recorded: ENOTDIR/);
  });
});
