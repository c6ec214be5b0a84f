/** A line that names a certificate in a session description (RFC 8122). */
const LINE = /^a=fingerprint:\s*(\S+)\s+(\S+)\s*$/gim;

/**
 * True when a session description names one certificate alone, and it is this one. A description that names none, or a
 * second one, could let somebody else end the encryption.
 * @param fingerprint SHA-256, in pairs of digits with colons between; upper or lower case
 */
export function isBoundTo(sdp: string, fingerprint: string): boolean {
  const named = [...sdp.matchAll(LINE)];
  // Written otherwise than we read it, it must not pass by unseen.
  if (named.length === 0 || named.length !== (sdp.match(/fingerprint/gi) ?? []).length) return false;
  return named.every(
    ([, algorithm = '', value = '']) =>
      algorithm.toLowerCase() === 'sha-256' && value.toUpperCase() === fingerprint.toUpperCase(),
  );
}
