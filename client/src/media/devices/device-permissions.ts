import type { DevicePermission } from '../../store/devices.ts';
import type { DeviceSource } from './device-words.ts';

const NAMES = { mic: 'microphone', cam: 'camera' } as const;

/** Tells what the page may do now, and whenever that changes. @returns ends it */
export function watchPermission(
  source: DeviceSource,
  onChange: (permission: DevicePermission) => void,
): () => void {
  const stop = new AbortController();
  const query = async () => {
    // Not every browser has it, and Firefox knows these names only of late: then it throws.
    const status = await navigator.permissions?.query({ name: NAMES[source] as PermissionName });
    if (!status || stop.signal.aborted) return;
    status.addEventListener('change', () => onChange(status.state), { signal: stop.signal });
    onChange(status.state);
  };
  query().catch((error: unknown) => console.debug(`this browser doesn’t tell about the ${source}`, error));
  return () => stop.abort();
}
