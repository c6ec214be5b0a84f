import type { types } from 'mediasoup-client';
import { type SentCodecs, sentCodecs } from './picture-codecs.ts';

/** What this browser can do with a media server's offer. */
export interface SfuDevice {
  readonly device: types.Device;
  readonly sends: Promise<SentCodecs>;
}

/** For a busy page it is half a second of work. */
let known: (SfuDevice & { readonly offer: string }) | undefined;

/**
 * mediasoup-client's device for what a router offers. The one before is used again where the offer is the same, so that
 * whoever joins anew after a death is heard sooner; devices hold nothing of a session. Rejects with what mediasoup-client
 * throws for browsers it can't use.
 */
export async function sfuDevice(routerRtpCapabilities: types.RtpCapabilities): Promise<SfuDevice> {
  const offer = JSON.stringify(routerRtpCapabilities);
  if (known?.offer === offer) return known;
  // Heavy, and of no use to someone who is still choosing a name.
  const { Device } = await import('mediasoup-client');
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities });
  known = { offer, device, sends: sentCodecs(device) };
  return known;
}
