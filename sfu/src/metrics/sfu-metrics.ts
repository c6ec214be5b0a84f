import { Counter, Gauge, Registry } from 'prom-client';
import type { Rooms } from '../media/rooms.ts';
import type { WorkerPool } from '../media/worker-pool.ts';
import { TrafficCount } from './traffic-count.ts';

/** What the numbers are read from, each time somebody asks. */
export interface Measured {
  readonly rooms: Rooms;
  readonly pool: WorkerPool;
  readonly isDraining: () => boolean;
}

/** The numbers of this SFU, for Prometheus. Nothing is measured while nobody asks. */
export class SfuMetrics {
  readonly #registry = new Registry();
  readonly #measured: Measured;
  readonly #traffic = new TrafficCount();

  constructor(measured: Measured) {
    this.#measured = measured;
    this.#addCounts();
    this.#addWorkers();
    this.#addTraffic();
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  #addCounts(): void {
    const { rooms, pool, isDraining } = this.#measured;
    const registers = [this.#registry];
    const gauge = (name: string, help: string) => new Gauge({ name: `chatmux_sfu_${name}`, help, registers });
    // The first to be collected reads the rooms once, for all of them.
    new Gauge({
      name: 'chatmux_sfu_workers',
      help: 'Worker processes that serve',
      registers,
      collect() {
        const stats = rooms.stats();
        this.set(stats.workerPids.length);
        for (const [name, one] of ofRooms) one.set(stats[name]);
        consumers.set({ state: 'playing' }, stats.consumersPlaying);
        consumers.set({ state: 'paused' }, stats.consumers - stats.consumersPlaying);
      },
    });
    const ofRooms = [
      ['rooms', gauge('rooms', 'Rooms that are open')],
      [
        'routers',
        gauge('routers', 'Routers of those rooms; more than one where a room is spread over workers'),
      ],
      ['sessions', gauge('sessions', 'People who are connected or connecting')],
      ['transports', gauge('transports', 'Transports, at most two a session')],
      ['producers', gauge('producers', 'Microphones, cameras and screens')],
      ['pipes', gauge('pipes', 'Producers piped to another worker')],
    ] as const;
    const consumers = new Gauge({
      name: 'chatmux_sfu_consumers',
      help: 'Streams to listeners that play, and that are ready and rest',
      labelNames: ['state'],
      registers,
    });
    new Gauge({
      name: 'chatmux_sfu_draining',
      help: 'Whether nothing new is taken any more',
      registers,
      collect() {
        this.set(isDraining() ? 1 : 0);
      },
    });
    this.#counter('worker_deaths_total', 'Workers that died by themselves', () => pool.deaths);
    this.#counter('passes_total', 'Passes over the plans of rooms', () => rooms.passes);
  }

  #counter(name: string, help: string, read: () => number): void {
    new Counter({
      name: `chatmux_sfu_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  #addWorkers(): void {
    const { pool } = this.#measured;
    const registers = [this.#registry];
    const usages = async () => {
      const each = pool.serving.map(async ({ number, worker }) => {
        const usage = await worker.getResourceUsage().catch((error: unknown) => {
          // One that dies while it is asked has no numbers.
          if (worker.closed) return undefined;
          throw error;
        });
        return usage ? [{ worker: number, usage }] : [];
      });
      return (await Promise.all(each)).flat();
    };
    new Counter({
      name: 'chatmux_sfu_worker_cpu_seconds_total',
      help: 'Processor time of a worker, from the start again after its death',
      labelNames: ['worker'],
      registers,
      async collect() {
        const now = await usages();
        this.reset();
        for (const { worker, usage } of now) this.inc({ worker }, (usage.ru_utime + usage.ru_stime) / 1000);
      },
    });
    new Gauge({
      name: 'chatmux_sfu_worker_memory_max_bytes',
      help: 'Most memory a worker has held',
      labelNames: ['worker'],
      registers,
      async collect() {
        const now = await usages();
        this.reset();
        for (const { worker, usage } of now) this.set({ worker }, usage.ru_maxrss * 1024);
      },
    });
  }

  #addTraffic(): void {
    const { rooms } = this.#measured;
    const traffic = this.#traffic;
    new Counter({
      name: 'chatmux_sfu_bytes_total',
      help: 'Bytes of media from and to browsers; the last of a transport before it ends may be missing',
      labelNames: ['direction'],
      registers: [this.#registry],
      async collect() {
        const sessions = rooms.all.flatMap((room) => [...room.sessions.values()]);
        const transports = sessions.flatMap((session) => [...session.transports.values()]);
        const { received, sent } = await traffic.look(transports.map(({ transport }) => transport));
        this.reset();
        this.inc({ direction: 'in' }, received);
        this.inc({ direction: 'out' }, sent);
      },
    });
  }
}
