import {
  type ClientMessage,
  type ClientMessageType,
  type JoinOptions,
  type Milliseconds,
  type Problem,
  ProblemError,
  PUT_OUT_CODE,
  problemSchema,
  type RtcReply,
  type RtcRequest,
  type ServerMessages,
  type Signal,
} from '@chatmux/schema';
import type { ConnectionState } from '../store/types.ts';
import { Heartbeat, PING_MS } from './heartbeat.ts';
import { Pace } from './pace.ts';
import { refusalOf } from './refusal.ts';
import { retryDelay } from './retry-delay.ts';
import type { OpenSeat, SeatListener, WorldDoor } from './world-door.ts';

/** What the connection tells: states, the roster, and every message by its type. */
export interface ConnectionHandlers extends Omit<SeatListener, 'onClosed'> {
  onState(state: ConnectionState, problem?: Problem): void;
  onRoundTrip(ms: Milliseconds): void;
}

const REQUEST_MS = 8000;
/** An attempt that takes longer may be given up for another one; a move that does is given up. */
const HUNG_MS = 10_000;
/** Where the line says so alone. */
const PUT_OUT = 'You were put out of this place.';
/** Below what the server lets one client send: others decide how much of these we are made to say. */
const SIGNAL_PACE = { burst: 100, perSecond: 40 };
const RTC_PACE = { burst: 60, perSecond: 20 };

/**
 * The way to the world room. It returns to its seat after a loss, joins anew where the seat or the server is gone, and
 * goes on trying until it is told to stop, or put out. At most one attempt counts: a seat that an older one brings home late is given
 * up at once, since a second seat would be a double of ourselves.
 */
export class WorldConnection {
  private readonly door: WorldDoor;
  private readonly handlers: ConnectionHandlers;
  private readonly signals = new Pace(SIGNAL_PACE);
  private readonly requests = new Pace(RTC_PACE);
  private seat: OpenSeat | undefined;
  private token: string | undefined;
  private options: JoinOptions | undefined;
  private wanted = false;
  /** Attempts that failed in a row. */
  private failures = 0;
  /** Number of the newest attempt; results of others are not taken. */
  private newest = 0;
  /** The same for moves to another room. */
  private newestMove = 0;
  /** When the newest attempt began, while it is under way. */
  private underWayMs: Milliseconds | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pingTimer: ReturnType<typeof setInterval> | undefined;

  constructor(door: WorldDoor, handlers: ConnectionHandlers) {
    this.door = door;
    this.handlers = handlers;
  }

  join(options: JoinOptions): void {
    this.options = options;
    this.wanted = true;
    this.failures = 0;
    this.handlers.onState('connecting');
    void this.connect(options);
  }

  /** Tries at once, unless an attempt is under way that may still succeed. */
  retryNow(): void {
    if (!this.wanted || !this.options || this.seat) return;
    if (this.underWayMs !== undefined && performance.now() - this.underWayMs < HUNG_MS) return;
    void this.connect(this.options);
  }

  /**
   * Takes a seat in another room, and gives up the one held only then: where the way is closed, we stay.
   * @throws ProblemError why not; its sentence may be shown
   */
  async moveTo(to: Pick<JoinOptions, 'world' | 'copy' | 'portal'>): Promise<void> {
    if (!this.options) throw new ProblemError('stale', 'We are nowhere yet.');
    this.newestMove += 1;
    const mine = this.newestMove;
    const options = { ...whoIn(this.options), ...to };
    const seat = await this.joinInTime(options);
    if (!this.wanted || mine !== this.newestMove) {
      seat.leave();
      throw new ProblemError('stale', 'We went another way meanwhile.');
    }
    // A return to the room before may be under way.
    this.newest += 1;
    this.underWayMs = undefined;
    clearTimeout(this.retryTimer);
    this.letGo()?.leave();
    this.options = options;
    this.attach(seat);
  }

  /** Where a join after a loss goes. A portal counts for the first arrival only. */
  stayIn(world: string, copy: number): void {
    if (this.options) this.options = { ...whoIn(this.options), world, copy };
  }

  /** Says goodbye: the seat is given up, also one that an attempt under way brings later. */
  leave(): void {
    this.wanted = false;
    this.newest += 1;
    this.newestMove += 1;
    this.underWayMs = undefined;
    clearTimeout(this.retryTimer);
    this.token = undefined;
    this.letGo()?.leave();
    this.handlers.onState('idle');
  }

  get online(): boolean {
    return this.seat !== undefined;
  }

  /** Says something that gets no answer; lost while we are not connected. What others decide the rate of has its own way. */
  send<T extends Exclude<ClientMessageType, 'rtc' | 'signal'>>(type: T, message: ClientMessage<T>): void {
    this.say(type, message);
  }

  sendSignal(signal: Signal): void {
    if (!this.seat) return;
    this.signals.add(
      () => this.say('signal', signal),
      () =>
        console.warn(`a signal to person ${signal.to} was not sent: too many wait, or the server is away`),
    );
  }

  /** @throws ProblemError what the server refused, or `media-down` while we are not connected */
  async request(request: RtcRequest): Promise<unknown> {
    const { seat } = this;
    const away = () => new ProblemError('media-down', 'There is no connection to the server.');
    if (!seat) throw away();
    await new Promise<void>((resolve, reject) => this.requests.add(resolve, () => reject(away())));
    if (seat !== this.seat) throw away();
    const reply = (await seat.request('rtc', request, REQUEST_MS)) as RtcReply;
    if (reply.ok) return reply.data;
    const { code, message } = problemSchema.parse(reply.problem);
    throw new ProblemError(code, message);
  }

  private say(type: ClientMessageType, message: unknown): void {
    this.seat?.send(type, message);
  }

  private async connect(options: JoinOptions): Promise<void> {
    clearTimeout(this.retryTimer);
    this.newest += 1;
    const mine = this.newest;
    this.underWayMs = performance.now();
    let seat: OpenSeat;
    try {
      seat = this.token ? await this.door.comeBack(this.token) : await this.door.join(options);
    } catch (error) {
      if (mine !== this.newest) return;
      this.underWayMs = undefined;
      this.failed(error, options);
      return;
    }
    if (mine !== this.newest) {
      seat.leave();
      return;
    }
    this.underWayMs = undefined;
    this.attach(seat);
  }

  /** @throws ProblemError what was refused, or `internal` when nobody answered in time */
  private joinInTime(options: JoinOptions): Promise<OpenSeat> {
    return new Promise((resolve, reject) => {
      let over = false;
      const fail = (error: unknown) => {
        over = true;
        clearTimeout(timer);
        const { code, message } = refusalOf(error)?.problem ?? {
          code: 'internal',
          message: 'We can’t reach the server.',
        };
        reject(new ProblemError(code, message, { cause: error }));
      };
      const timer = setTimeout(() => fail(new Error(`no seat within ${HUNG_MS} ms`)), HUNG_MS);
      this.door.join(options).then((seat) => {
        clearTimeout(timer);
        if (over) seat.leave();
        else resolve(seat);
      }, fail);
    });
  }

  private attach(seat: OpenSeat): void {
    this.letGo()?.drop();
    this.seat = seat;
    this.token = seat.token;
    this.failures = 0;
    const heartbeat = new Heartbeat(performance.now());
    const { handlers } = this;
    seat.listen({
      onMessage: (type, message) => {
        heartbeat.heard();
        if (type === 'put-out') this.end((message as ServerMessages['put-out']).words);
        else handlers.onMessage(type, message);
      },
      onPoses(bytes) {
        heartbeat.heard();
        handlers.onPoses(bytes);
      },
      onRoster(roster) {
        heartbeat.heard();
        handlers.onRoster(roster);
      },
      onClosed: (code) => {
        if (code !== PUT_OUT_CODE) this.lost(seat);
        else if (seat === this.seat) this.end(PUT_OUT);
      },
    });
    this.pingTimer = setInterval(() => {
      // The other side is gone without a word (a network that changed): don't wait for the system to notice.
      if (heartbeat.turn(performance.now()) === 'dead') this.lost(seat);
      else
        seat.ping((ms) => {
          heartbeat.heard();
          handlers.onRoundTrip(ms);
        });
    }, PING_MS);
    handlers.onState('online');
  }

  /** We have to leave: only a join that somebody asks for brings us back. */
  private end(words: string): void {
    this.wanted = false;
    this.newest += 1;
    this.newestMove += 1;
    this.underWayMs = undefined;
    clearTimeout(this.retryTimer);
    this.token = undefined;
    this.letGo()?.drop();
    this.handlers.onState('offline', { code: 'not-yours', message: words });
  }

  private lost(seat: OpenSeat): void {
    if (seat !== this.seat) return;
    this.letGo()?.drop();
    this.handlers.onState('reconnecting');
    this.tryLater();
  }

  /** From here on there is no seat; gives the one there was, to be left or dropped. */
  private letGo(): OpenSeat | undefined {
    const { seat } = this;
    clearInterval(this.pingTimer);
    this.seat = undefined;
    this.signals.clear();
    this.requests.clear();
    return seat;
  }

  private failed(error: unknown, options: JoinOptions): void {
    const refusal = refusalOf(error);
    const isNowhere = !this.token && refusal?.problem.code === 'not-found';
    if (refusal && (refusal.kind === 'final' || isNowhere)) {
      this.wanted = false;
      this.handlers.onState('offline', refusal.problem);
      return;
    }
    // The server is there, but keeps no seat for us any more: join as if new.
    if (this.token && refusal?.kind === 'no-seat') {
      this.token = undefined;
      void this.connect(options);
      return;
    }
    this.handlers.onState(this.token ? 'reconnecting' : 'connecting', refusal?.problem);
    this.tryLater();
  }

  private tryLater(): void {
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.retryNow(), retryDelay(this.failures, Math.random()));
    this.failures += 1;
  }
}

/** Who joins, without where to. */
function whoIn({ version, name, colour, guestKey }: JoinOptions): JoinOptions {
  return { version, name, colour, guestKey };
}
