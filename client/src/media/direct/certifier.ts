import type { CertificateMessage } from '@chatmux/schema';
import { createOwnCertificate, type OwnCertificate } from './certificate.ts';

export interface CertifierOptions {
  /** Tells the room. */
  tell(message: CertificateMessage): void;
  /** Direct connections are made with this one; null: there are none. Called when it changes. */
  use(certificate: RTCCertificate | null): void;
}

/** The certificate of our direct connections: made once, and told to each room before anything that is made with it. */
export interface Certifier {
  /** The room we are in from now on knows nothing of us. */
  forget(): void;
  /** Tells the room, unless it knows. */
  certify(): void;
  /** Whether we want direct connections at all: they show others our network address. */
  allow(allowed: boolean): void;
  close(): void;
}

export function createCertifier({ tell, use }: CertifierOptions, make = createOwnCertificate): Certifier {
  let own: OwnCertificate | undefined;
  let inUse: RTCCertificate | null | undefined;
  let isMaking = false;
  let isKnown = false;
  let isAllowed = true;
  let closed = false;

  function put(certificate: RTCCertificate | null): void {
    if (certificate === inUse) return;
    inUse = certificate;
    use(certificate);
  }

  function certify(): void {
    isKnown = true;
    if (!isAllowed) {
      // Ours are closed whatever becomes of the message.
      put(null);
      tell({ fingerprint: null });
      return;
    }
    if (own) {
      tell({ fingerprint: own.fingerprint });
      put(own.certificate);
      return;
    }
    if (isMaking) return;
    isMaking = true;
    make().then(
      (made) => {
        isMaking = false;
        own = made;
        if (!closed && isAllowed) certify();
      },
      (error: unknown) => {
        isMaking = false;
        isKnown = false;
        console.warn('there are no direct connections', error);
      },
    );
  }

  return {
    forget() {
      isKnown = false;
    },
    certify() {
      if (!isKnown) certify();
    },
    allow(allowed) {
      if (allowed === isAllowed) return;
      isAllowed = allowed;
      // Else it is told with the first way that media takes.
      if (isKnown) certify();
    },
    close() {
      closed = true;
    },
  };
}
