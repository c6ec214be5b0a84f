import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { type Clocks, type ObservedRoom, RoomMetrics } from './room-metrics.ts';
import { countRoom } from './room-view.ts';
import { SENT_KINDS, Tally } from './tally.ts';

/** Upper ends of the buckets for a tick, in seconds; a tick that takes 50 ms holds up the next. */
const TICK_BUCKETS = [1, 2, 3, 5, 7.5, 10, 15, 20, 25, 35, 50, 75, 100, 200, 500, 1000, 5000].map(
  (ms) => ms / 1000,
);
const PLAN_BUCKETS = [0, 1, 2, 4, 6, 9, 12, 16, 24, 32, 48, 64];
/** How finely prom-client measures the event loop's delay, in milliseconds. */
const LOOP_PRECISION_MS = 20;

const REAL_CLOCKS: Clocks = {
  now: () => performance.now(),
  cpu() {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  },
};

export interface MetricsOptions {
  /** Whether the media server is connected; absent where there is none. */
  readonly sfuUp?: () => boolean;
  /**
   * Also measure this process: memory, CPU, event loop, garbage collection. prom-client keeps that running until the
   * process ends, so only `main` asks for it.
   */
  readonly process?: boolean;
  /** @default the real ones */
  readonly clocks?: Clocks;
}

/** The numbers of one server, for Prometheus and for the operators' page. */
export class ServerMetrics {
  private readonly registry = new Registry();
  private readonly total = new Tally();
  private readonly open = new Map<string, RoomMetrics>();
  private readonly clocks: Clocks;
  private readonly tickSeconds: Histogram<'world'>;
  private readonly tickCpuSeconds: Histogram<'world'>;
  private readonly lateSeconds: Histogram<'world'>;
  private readonly planEntries: Histogram<'of'>;

  constructor(options: MetricsOptions = {}) {
    this.clocks = options.clocks ?? REAL_CLOCKS;
    const registers = [this.registry];
    this.tickSeconds = new Histogram({
      name: 'chatmux_tick_seconds',
      help: 'Time a tick of a world takes, everything sent included',
      labelNames: ['world'],
      buckets: TICK_BUCKETS,
      registers,
    });
    this.tickCpuSeconds = new Histogram({
      name: 'chatmux_tick_cpu_seconds',
      help: 'Processor time of a tick; far below its time, others use the machine',
      labelNames: ['world'],
      buckets: TICK_BUCKETS,
      registers,
    });
    this.lateSeconds = new Histogram({
      name: 'chatmux_tick_lateness_seconds',
      help: 'How much later than a twentieth of a second after the one before a tick begins',
      labelNames: ['world'],
      buckets: TICK_BUCKETS,
      registers,
    });
    this.planEntries = new Histogram({
      name: 'chatmux_plan_entries',
      help: 'Size of the plans told to listeners: all entries, voices heard, faces seen',
      labelNames: ['of'],
      buckets: PLAN_BUCKETS,
      registers,
    });
    this.addCounters();
    this.addGauges(options.sfuUp);
    if (options.process)
      collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: LOOP_PRECISION_MS });
  }

  /** Rooms observed now. */
  get rooms(): ReadonlyMap<string, RoomMetrics> {
    return this.open;
  }

  /** Begins to observe a room, until its `close`. */
  observe(room: ObservedRoom): RoomMetrics {
    const metrics = new RoomMetrics(
      room,
      {
        total: this.total,
        tick: (world, seconds, cpuSeconds, late) => {
          this.tickSeconds.observe({ world }, seconds);
          this.tickCpuSeconds.observe({ world }, cpuSeconds);
          this.lateSeconds.observe({ world }, late);
        },
        plan: (entries, voices, faces) => {
          this.planEntries.observe({ of: 'entries' }, entries);
          this.planEntries.observe({ of: 'voices' }, voices);
          this.planEntries.observe({ of: 'faces' }, faces);
        },
        closed: (closed) => {
          if (this.open.get(room.roomId) === closed) this.open.delete(room.roomId);
        },
      },
      this.clocks,
    );
    this.open.set(room.roomId, metrics);
    return metrics;
  }

  /** Everything in Prometheus's text format, of the type `contentType`. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Counted by ourselves, and copied when somebody asks: prom-client's own counting builds a text for every message. */
  private addCounters(): void {
    const { total } = this;
    const counter = <L extends string>(
      name: string,
      help: string,
      label: L,
      read: () => [string, number][],
    ) =>
      new Counter<L>({
        name,
        help,
        labelNames: [label],
        registers: [this.registry],
        collect() {
          this.reset();
          for (const [value, count] of read()) this.labels(value).inc(count);
        },
      });
    counter('chatmux_sent_bytes_total', 'Bytes sent to clients, without WebSocket framing', 'kind', () =>
      SENT_KINDS.map((kind) => [kind, total.sent[kind].bytes]),
    );
    counter('chatmux_sent_messages_total', 'Messages sent to clients', 'kind', () =>
      SENT_KINDS.map((kind) => [kind, total.sent[kind].messages]),
    );
    counter('chatmux_received_messages_total', 'Messages received from clients', 'type', () => [
      ...total.received,
    ]);
    counter('chatmux_refused_total', 'Messages refused, by the code of the problem', 'code', () => [
      ...total.refused,
    ]);
  }

  private addGauges(sfuUp: (() => boolean) | undefined): void {
    const { open } = this;
    const registers = [this.registry];
    const gauge = (name: string, help: string) =>
      new Gauge({ name, help, labelNames: ['world', 'copy'], registers });
    // The first to be collected reads every room once, for all of them.
    new Gauge({
      name: 'chatmux_rooms',
      help: 'Copies of worlds that are open',
      registers,
      collect() {
        this.set(open.size);
        for (const each of ofRooms) each.reset();
        for (const metrics of open.values()) {
          const labels = { world: metrics.room.world.map.id, copy: metrics.room.copy };
          const counts = countRoom(metrics);
          people.set(labels, counts.people);
          away.set(labels, counts.away);
          connections.set(labels, counts.connections);
          circles.set(labels, counts.circles);
          inCircles.set(labels, counts.inCircles);
          largest.set(labels, counts.largestCircle);
        }
      },
    });
    const people = gauge('chatmux_people', 'People in a world');
    const away = gauge('chatmux_people_away', 'People whose connection is lost and whose seat is kept');
    const connections = gauge('chatmux_connections', 'Clients connected');
    const circles = gauge('chatmux_circles', 'Circles of people who stand together');
    const inCircles = gauge('chatmux_circle_members', 'People who stand in circles');
    const largest = gauge('chatmux_circle_members_max', 'People in the largest circle');
    const ofRooms = [people, away, connections, circles, inCircles, largest];
    if (sfuUp)
      new Gauge({
        name: 'chatmux_sfu_up',
        help: 'Whether the media server is connected',
        registers,
        collect() {
          this.set(sfuUp() ? 1 : 0);
        },
      });
  }
}
