/** The certificate of this page's direct connections, and its fingerprint as the room is told it. */
export interface OwnCertificate {
  certificate: RTCCertificate;
  /** SHA-256, in pairs of capital digits with colons between. */
  fingerprint: string;
}

/** Makes one; a new page has a new one. Rejects where the browser has no WebRTC. */
export async function createOwnCertificate(): Promise<OwnCertificate> {
  // @ts-expect-error The parameters of an elliptic curve are missing in the library's types.
  const parameters: AlgorithmIdentifier = { name: 'ECDSA', namedCurve: 'P-256' };
  const certificate = await RTCPeerConnection.generateCertificate(parameters);
  // Not every browser tells the fingerprint of a certificate; every description does.
  const connection = new RTCPeerConnection({ certificates: [certificate] });
  try {
    connection.createDataChannel('');
    const { sdp = '' } = await connection.createOffer();
    const fingerprint = /^a=fingerprint:sha-256 (\S+)/im.exec(sdp)?.[1]?.toUpperCase();
    if (fingerprint === undefined) throw new Error('the browser names no certificate');
    return { certificate, fingerprint };
  } finally {
    connection.close();
  }
}
