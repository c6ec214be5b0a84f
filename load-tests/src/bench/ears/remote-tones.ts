/**
 * Tones that never fall silent, as tracks that came over a connection: what plays a remote track is another part of
 * the browser than what plays one of the page's own. G.711 costs next to nothing, so that little is there to subtract.
 */
export async function openRemoteTones(count: number): Promise<MediaStreamTrack[]> {
  const context = new AudioContext();
  const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()];
  const carry = (to: RTCPeerConnection) => (event: RTCPeerConnectionIceEvent) =>
    void to.addIceCandidate(event.candidate ?? undefined);
  near.addEventListener('icecandidate', carry(far));
  far.addEventListener('icecandidate', carry(near));
  const plain = RTCRtpReceiver.getCapabilities('audio')?.codecs.filter(
    ({ mimeType }) => mimeType === 'audio/PCMU',
  );
  for (let i = 0; i < count; i++) {
    const tone = new OscillatorNode(context, { frequency: 150 + 30 * i });
    const carrier = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    tone.connect(new GainNode(context, { gain: 0.1 })).connect(carrier);
    tone.start();
    const [track] = carrier.stream.getAudioTracks();
    if (!track) throw new Error('there is no track');
    near.addTransceiver(track, { direction: 'sendonly' }).setCodecPreferences(plain ?? []);
  }
  const tracks: MediaStreamTrack[] = [];
  far.addEventListener('track', ({ track }) => tracks.push(track));
  const connected = new Promise<void>((resolve) =>
    far.addEventListener('connectionstatechange', () => far.connectionState === 'connected' && resolve()),
  );
  await near.setLocalDescription();
  if (near.localDescription) await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription();
  if (far.localDescription) await near.setRemoteDescription(far.localDescription);
  await connected;
  // They are received and decoded all the time, whoever hears them: no arm pays for that.
  for (const track of tracks) {
    const element = new Audio();
    element.muted = true;
    element.srcObject = new MediaStream([track]);
    await element.play();
  }
  return tracks;
}
