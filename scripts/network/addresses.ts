import type { NetworkInterfaceInfo } from 'node:os';

// Bridges and tunnels of containers and virtual machines: addresses that no phone on the network reaches.
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|cni|flannel|podman|lxc|zt|utun|awdl|llw)/;

/**
 * The IPv4 addresses under which others on the local network reach this machine, likeliest first: real interfaces
 * before virtual ones, private ranges before public ones.
 */
export function lanAddresses(
  interfaces: Readonly<Record<string, readonly NetworkInterfaceInfo[] | undefined>>,
): string[] {
  const found = Object.entries(interfaces).flatMap(([name, infos]) =>
    (infos ?? [])
      .filter((info) => info.family === 'IPv4' && !info.internal && !info.address.startsWith('169.254.'))
      .map((info) => ({
        address: info.address,
        rank: (VIRTUAL.test(name) ? 2 : 0) + (isPrivate(info.address) ? 0 : 1),
      })),
  );
  found.sort((a, b) => a.rank - b.rank);
  return [...new Set(found.map(({ address }) => address))];
}

function isPrivate(address: string): boolean {
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(address);
}

/** True for 0.0.0.0 and ::, which stand for every address of the machine. */
export function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** A host as it stands in a URL: IPv6 in brackets. */
export function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
