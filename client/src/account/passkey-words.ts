import { WebAuthnError } from '@simplewebauthn/browser';

/** Why a browser gave no passkey, in words; undefined where it was something else that failed. */
export function passkeyWords(error: unknown): string | undefined {
  if (error instanceof WebAuthnError)
    switch (error.code) {
      case 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED':
        return 'This device has a passkey of yours already.';
      case 'ERROR_INVALID_DOMAIN':
      case 'ERROR_INVALID_RP_ID':
        return 'Your browser makes no passkeys at this address.';
      case 'ERROR_AUTHENTICATOR_MISSING_USER_VERIFICATION_SUPPORT':
      case 'ERROR_AUTHENTICATOR_MISSING_DISCOVERABLE_CREDENTIAL_SUPPORT':
        return 'This key can’t be used: it has to ask for a PIN or a finger, and to keep the passkey itself.';
      case 'ERROR_CEREMONY_ABORTED':
        return 'Nothing was done: it was called off.';
      default:
    }
  // The browser says no more than that, lest pages learn which passkeys there are.
  const name = error instanceof Error ? error.name : '';
  if (name === 'NotAllowedError') return 'Nothing was done: it was called off, or took too long.';
  if (name === 'SecurityError') return 'Your browser makes no passkeys at this address.';
  return undefined;
}

/** Where passkeys can't be had, and what to do about it. */
export interface PasskeyHindrance {
  readonly why: string;
  /** The same page at an address where they can. */
  readonly better?: string;
}

/**
 * Whether this page can have passkeys.
 * @param able the browser knows them and the page is secure
 */
export function passkeyHindrance(
  { hostname, href }: { readonly hostname: string; readonly href: string },
  able: boolean,
): PasskeyHindrance | undefined {
  if (/^(?:127\.|\[::1\])/.test(hostname)) {
    const better = new URL(href);
    better.hostname = 'localhost';
    return { why: 'Browsers keep passkeys for names, not for numbers.', better: better.href };
  }
  if (/^[\d.]+$|^\[/.test(hostname))
    return {
      why: 'Browsers keep passkeys for names, not for numbers: open this page by the name of its machine.',
    };
  if (!able) return { why: 'This browser, or a page without HTTPS, has no passkeys.' };
  return undefined;
}
