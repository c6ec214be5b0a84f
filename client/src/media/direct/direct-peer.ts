import {
  isBoundTo,
  type MediaSource,
  type PersonId,
  type Signal,
  type SignalReceived,
  type View,
} from '@chatmux/schema';
import type { DirectPathOptions, Incoming } from '../path.ts';
import { FULL_VIEW, isSameView } from '../views.ts';
import { createIceCare, type IceCare } from '../ways/ice-care.ts';
import { createDirectConnection, type DirectConnection, type DirectWish } from './direct-connection.ts';
import { isHello, judgeSignal } from './signal-numbers.ts';

/** A connection that is not there after this long is built anew; the polite side waits longer, so that one begins. */
const PATIENCE_MS = { polite: 15_000, impolite: 10_000 };
/** Waits before the polite side says that it is here, while no offer has come. The last one repeats. */
const HELLO_MS = [300, 1000, 2000, 4000];

/** Between two connections to one person: the other side must not be able to make us build without end. */
const REBUILD_MS = 1000;
/** Signals kept for the moment when a connection may be built again: an offer and its candidates. */
const MOST_LATER = 50;

/** What goes to the other person, as the plan says. */
type PeerWish = Omit<DirectWish, 'view'>;

export interface DirectPeerOptions extends Pick<DirectPathOptions, 'me' | 'epoch' | 'signal'> {
  /** Servers, policy and certificate, as they are now. */
  configuration(): RTCConfiguration;
  id: PersonId;
  wish: PeerWish;
  onState(state: RTCPeerConnectionState): void;
  onIncoming(source: MediaSource, incoming: Incoming | undefined): void;
}

/** The way to one person: a connection, and another one when that breaks or the other side begins anew. */
export interface DirectPeer {
  readonly connected: boolean;
  send(wish: PeerWish): void;
  /** How much of their pictures is of use to us; they are told when it changes, and whenever we are connected anew. */
  setView(view: View): void;
  handleSignal(signal: SignalReceived): void;
  /** Takes servers and credentials from `configuration` anew. */
  renew(): void;
  close(): void;
}

export function createDirectPeer(options: DirectPeerOptions, connect = createDirectConnection): DirectPeer {
  const { me, id, epoch } = options;
  const polite = me < id;
  let wish = options.wish;
  /** What we said of theirs, and what they said of ours. */
  let view = FULL_VIEW;
  let theirView = FULL_VIEW;
  let current: {
    own: number;
    theirs: number | undefined;
    bound: boolean;
    connection: DirectConnection;
    care: IceCare;
  };
  let inbox = Promise.resolve();
  let offered = new Set<MediaSource>();
  let patience: ReturnType<typeof setTimeout> | undefined;
  let hello: ReturnType<typeof setTimeout> | undefined;
  let builtMs = Number.NEGATIVE_INFINITY;
  /** Those that came when the other side began anew too soon, and all after them; taken by the timer in their order. */
  let later: SignalReceived[] = [];
  let laterTimer: ReturnType<typeof setTimeout> | undefined;
  let connected = false;
  let closed = false;

  const problem = (what: string, error: unknown) =>
    console.warn(`direct connection with person ${id}: ${what}`, error);

  function emit(
    from: { own: number; theirs: number | undefined },
    part: Pick<Signal, 'description' | 'candidate' | 'view'>,
  ): void {
    if (closed || current.own !== from.own) return;
    const named = from.theirs === undefined ? {} : { peerConnection: from.theirs };
    options.signal({ to: id, epoch: epoch(), connection: from.own, ...named, ...part });
  }

  function build(): void {
    const own = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
    const isCurrent = () => !closed && current.own === own;
    builtMs = performance.now();
    const connection = connect({
      configuration: options.configuration(),
      polite,
      wish: { ...wish, view: theirView },
      send: (part) => isCurrent() && emit(current, part),
      onState: (state) => isCurrent() && handleState(state),
      onIncoming(source, incoming) {
        if (!isCurrent()) return;
        offered.add(source);
        options.onIncoming(source, incoming);
      },
      onProblem: problem,
    });
    const care = createIceCare(
      async () => connection.restartIce(),
      (reason) => rebuild(reason),
    );
    current = { own, theirs: undefined, bound: false, connection, care };
    inbox = Promise.resolve();
    patience = setTimeout(
      () => rebuild('it took too long'),
      polite ? PATIENCE_MS.polite : PATIENCE_MS.impolite,
    );
    if (polite) sayHello(0);
  }

  function sayHello(round: number): void {
    const wait = HELLO_MS[Math.min(round, HELLO_MS.length - 1)];
    hello = setTimeout(() => {
      if (closed || current.bound) return;
      emit(current, {});
      sayHello(round + 1);
    }, wait);
  }

  function tearDown(): void {
    clearTimeout(patience);
    clearTimeout(hello);
    current.care.close();
    current.connection.close();
    connected = false;
    for (const source of offered) options.onIncoming(source, undefined);
    offered = new Set();
  }

  const restMs = () => builtMs + REBUILD_MS - performance.now();

  function rebuild(reason: string): void {
    if (closed) return;
    const wait = restMs();
    if (wait > 0) {
      clearTimeout(patience);
      patience = setTimeout(() => rebuild(reason), wait);
      return;
    }
    console.info(`direct connection with person ${id} begins anew: ${reason}`);
    tearDown();
    build();
    options.onState('connecting');
  }

  function handleState(state: RTCPeerConnectionState): void {
    connected = state === 'connected';
    if (connected) {
      clearTimeout(patience);
      tellView();
    }
    current.care.observe(state);
    options.onState(state);
  }

  async function take(into: typeof current, signal: SignalReceived): Promise<void> {
    if (closed || into !== current) return;
    if (signal.description) {
      await into.connection.take(signal.description);
      into.bound = true;
    }
    if (signal.candidate) await into.connection.takeCandidate(signal.candidate);
  }

  /** A connection begins with all of the pictures: less of them has to be said. */
  function tellView(): void {
    if (!isSameView(view, FULL_VIEW)) emit(current, { view });
  }

  function heedView(next: View): void {
    if (isSameView(theirView, next)) return;
    theirView = next;
    current.connection.send({ ...wish, view: theirView });
  }

  function handleSignal(signal: SignalReceived): void {
    if (closed) return;
    if (signal.view) {
      // About a connection that is gone, it says nothing of this one.
      if (signal.connection === current.theirs) heedView(signal.view);
      return;
    }
    // [DR4] Of another certificate than the room knows of them: somebody between us would end the encryption.
    if (signal.description && !isBoundTo(signal.description.sdp, signal.fingerprint ?? '')) {
      problem('a description is not theirs', signal.fingerprint);
      return;
    }
    if (laterTimer !== undefined) {
      if (later.length < MOST_LATER) later.push(signal);
      else problem('too many signals at once', signal.connection);
      return;
    }
    const verdict = judgeSignal(current, signal);
    if (verdict === 'drop') return;
    if (verdict === 'replace') {
      const wait = restMs();
      if (wait > 0) {
        later.push(signal);
        laterTimer = setTimeout(takeLater, wait);
        return;
      }
      rebuild('the other side began anew');
    }
    if (current.theirs !== signal.connection) heedView(FULL_VIEW);
    current.theirs = signal.connection;
    const into = current;
    if (isHello(signal)) {
      // After a replacement the new offer is on its way by itself.
      if (!polite && verdict === 'take') into.connection.offerAgain();
      return;
    }
    inbox = inbox.then(() =>
      take(into, signal).catch((error: unknown) => {
        if (closed || into !== current) return;
        problem('a signal could not be applied', error);
        // What both sides agreed on can't be told any more.
        if (signal.description) rebuild('a description could not be applied');
      }),
    );
  }

  function takeLater(): void {
    laterTimer = undefined;
    const kept = later;
    later = [];
    for (const signal of kept) handleSignal(signal);
  }

  build();
  return {
    get connected() {
      return connected;
    },
    send(next) {
      wish = next;
      current.connection.send({ ...wish, view: theirView });
    },
    setView(next) {
      if (isSameView(view, next)) return;
      view = next;
      if (connected) emit(current, { view });
    },
    handleSignal,
    renew() {
      if (!closed) current.connection.setIceServers(options.configuration().iceServers ?? []);
    },
    close() {
      if (closed) return;
      tearDown();
      clearTimeout(laterTimer);
      closed = true;
    },
  };
}
