import type { RtpCapabilities } from 'mediasoup/types';
import { handleRtc } from '../../../../sfu/src/media/handle-rtc.ts';
import type { Room } from '../../../../sfu/src/media/room.ts';
import type { Session } from '../../../../sfu/src/media/session.ts';
import { asSessionTransport, type Ears } from '../../../../sfu/src/testing/ears.ts';
import type { startTestSfu } from '../../../../sfu/src/testing/sfu-under-test.ts';

type Sfu = Awaited<ReturnType<typeof startTestSfu>>;

/** Somebody at the media server whose ears are a UDP socket. */
export interface SeatedListener {
  readonly room: Room;
  readonly session: Session;
  /** Confirms the consumers that were opened since, as a browser does. @returns how many there are in all */
  confirm(): number;
}

/** Joins a room of the service as a browser would, but for the keys of a transport. */
export async function listenAt(sfu: Sfu, roomId: string, id: string, ears: Ears): Promise<SeatedListener> {
  const { routers } = await sfu.rooms.getOrOpen(roomId);
  const rtpCapabilities: RtpCapabilities = routers.rtpCapabilities;
  await handleRtc(sfu.rooms, roomId, id, { method: 'join', epoch: 1, rtpCapabilities });
  const { room, session } = sfu.rooms.session(roomId, id);
  const transport = asSessionTransport(await ears.openOn(session.home.router));
  session.transports.set('receive', {
    transport,
    direction: 'receive',
    connecting: true,
    iceLostAtMs: undefined,
  });
  room.requestPass();
  return {
    room,
    session,
    confirm() {
      let isNew = false;
      for (const entry of session.consumers.values()) {
        isNew ||= !entry.ready;
        entry.ready = true;
      }
      if (isNew) room.requestPass();
      return session.consumers.size;
    },
  };
}
