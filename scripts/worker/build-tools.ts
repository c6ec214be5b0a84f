import { spawnSync } from 'node:child_process';

/** What the build calls, and how to see that it is there. */
const NEEDED: readonly { name: string; command: string; args: readonly string[] }[] = [
  { name: 'meson', command: 'meson', args: ['--version'] },
  { name: 'ninja', command: 'ninja', args: ['--version'] },
  { name: 'a C++ compiler', command: 'c++', args: ['--version'] },
  { name: 'strip (binutils)', command: 'strip', args: ['--version'] },
  { name: 'flatc (flatbuffers compiler)', command: 'flatc', args: ['--version'] },
  { name: 'pkg-config', command: 'pkg-config', args: ['--version'] },
  { name: 'libuv headers', command: 'pkg-config', args: ['--exists', 'libuv'] },
  { name: 'OpenSSL headers', command: 'pkg-config', args: ['--exists', 'openssl'] },
  { name: 'libsrtp2 headers', command: 'pkg-config', args: ['--exists', 'libsrtp2'] },
  { name: 'flatbuffers headers', command: 'pkg-config', args: ['--exists', 'flatbuffers'] },
  { name: 'abseil headers', command: 'pkg-config', args: ['--exists', 'absl_strings', 'absl_optional'] },
];

/** Debian's and Ubuntu's packages that bring all of it. */
export const BUILD_PACKAGES = [
  'meson',
  'ninja-build',
  'pkg-config',
  'g++',
  'binutils',
  'libuv1-dev',
  'libssl-dev',
  'libsrtp2-dev',
  'libabsl-dev',
  'libflatbuffers-dev',
  'flatbuffers-compiler',
] as const;

/** The names of the tools and libraries that the build would miss on this machine. */
export function missingBuildTools(): string[] {
  return NEEDED.filter(
    ({ command, args }) => spawnSync(command, [...args], { stdio: 'ignore' }).status !== 0,
  ).map(({ name }) => name);
}
