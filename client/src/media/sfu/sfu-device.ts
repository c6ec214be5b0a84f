import type { types } from 'mediasoup-client';

/** What this browser can do with a media server's offer: for a busy page that is half a second of work. */
let known: { readonly offer: string; readonly device: types.Device } | undefined;

/**
 * mediasoup-client's device for what a router offers. The one before is used again where the offer is the same, so that
 * whoever joins anew after a death is heard sooner; devices hold nothing of a session. Rejects with what mediasoup-client
 * throws for browsers it can't use.
 */
export async function sfuDevice(routerRtpCapabilities: types.RtpCapabilities): Promise<types.Device> {
  const offer = JSON.stringify(routerRtpCapabilities);
  if (known?.offer === offer) return known.device;
  // Heavy, and of no use to someone who is still choosing a name.
  const { Device } = await import('mediasoup-client');
  const device = await Device.factory();
  await device.load({ routerRtpCapabilities });
  known = { offer, device };
  return device;
}
