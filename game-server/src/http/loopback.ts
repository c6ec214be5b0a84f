/** Whether a host is this machine itself, which nobody on the way can stand in for. @param host without a port or brackets */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
