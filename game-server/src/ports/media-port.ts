import type { RtcRequest, SfuEvent, Want } from '@chatmux/schema';

/** What one world room needs of a media server. Nothing here names mediasoup. */
export interface MediaPort {
  /** True while the media server can be reached and takes new sessions. */
  readonly isUp: boolean;
  /** Does one request of a session; rejects with a ProblemError. */
  rtc(session: string, request: RtcRequest): Promise<unknown>;
  /** Replaces the wants of the listed listeners; lost ones are healed by the next. */
  plan(listeners: { session: string; wants: Want[] }[]): void;
  closeSession(session: string): void;
  /** Closes every session that is not listed. */
  keepSessions(sessions: string[]): void;
  /** The room is over. */
  close(): void;
}

/** What a room hears of the media server. */
export interface MediaListener {
  onEvent(event: SfuEvent): void;
  /** These sessions of the room speak now, and no others. */
  onSpeaking(sessions: readonly string[]): void;
  /** It can be reached again; or not, or it is about to end: those who are connected may go on until then. */
  onUpChanged(up: boolean): void;
}

/** Opens the media side of a room. */
export type OpenMedia = (room: string, listener: MediaListener) => MediaPort;
