import type { CDPSession, Page } from 'playwright-core';

/** A device's own passkeys, played by Chromium: its lock opens whenever it is asked (Chromium's virtual authenticator). */
export class PasskeyDevice {
  private readonly session: CDPSession;
  private readonly id: string;

  private constructor(session: CDPSession, id: string) {
    this.session = session;
    this.id = id;
  }

  /**
   * From now on this page's passkeys are kept here.
   * @param transport a device has one lock of its own, and what is plugged in besides
   */
  static async of(page: Page, transport: 'internal' | 'usb' = 'internal'): Promise<PasskeyDevice> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport,
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new PasskeyDevice(session, authenticatorId);
  }

  async credentials() {
    return (await this.session.send('WebAuthn.getCredentials', { authenticatorId: this.id })).credentials;
  }

  /** As passkeys go from one device to another through the maker of both. */
  async copyTo(other: PasskeyDevice): Promise<void> {
    for (const credential of await this.credentials())
      await other.session.send('WebAuthn.addCredential', { authenticatorId: other.id, credential });
  }

  /** Whether its owner unlocks it, when asked. */
  async setUnlocks(unlocks: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', {
      authenticatorId: this.id,
      isUserVerified: unlocks,
    });
  }
}
