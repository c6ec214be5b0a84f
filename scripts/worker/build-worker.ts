import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { PlainError, runLogged } from '../steps/step.mjs';

// The package's Meson wraps that recipe/overlay stands in for with the distribution's libraries.
const WRAPS = ['libuv', 'openssl', 'libsrtp3', 'unordered-dense', 'flatbuffers', 'abseil-cpp'] as const;

const MEMORY_PER_COMPILER = 900e6;

/** A change to one of the package's sources. */
interface Mend {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const MENDS: readonly Mend[] = [
  // Debian 12 has Meson 1.0.1, which builds this file as well.
  { file: 'meson.build', from: "meson_version: '>= 1.1.0'", to: "meson_version: '>= 1.0.0'" },
  // On an OpenSSL built with kernel TLS, BIO_ctrl() asks this callback whether the kernel does TLS: answering 1 to
  // everything but a plain BIO_CB_RETURN makes OpenSSL skip its write buffer, and the worker dies in the first handshake.
  {
    file: 'src/RTC/DtlsTransport.cpp',
    from: '(operationType == BIO_CB_RETURN) ? static_cast<long>(ret) : 1',
    to: '(operationType & BIO_CB_RETURN) ? static_cast<long>(ret) : 1',
  },
  // All transports of a worker write their probation packets into one buffer, where the sequence number lives too (3.27).
  // Each new transport makes it a random one; where that lies behind, SRTP refuses every packet from then on, each is
  // counted as lost, and a line that was weak once stays at what little is left. Each gets a buffer of its own.
  {
    file: 'include/RTC/RTP/ProbationGenerator.hpp',
    from: 'std::unique_ptr<RTP::Packet> probationPacket;',
    to: 'std::unique_ptr<uint8_t[]> packetBuffer{ new uint8_t[ProbationPacketMaxLength]() };\n\t\t\tstd::unique_ptr<RTP::Packet> probationPacket;',
  },
  {
    file: 'src/RTC/RTP/ProbationGenerator.cpp',
    from: 'RTP::Packet::Factory(ProbationPacketBuffer, sizeof(ProbationPacketBuffer))',
    to: 'RTP::Packet::Factory(this->packetBuffer.get(), ProbationPacketMaxLength)',
  },
];

/**
 * Builds the worker in `folder` from the sources in mediasoup's npm package against the distribution's libraries, with
 * no download; gives the binary's path. 4 minutes on two cores. Rejects with the failing step and its log.
 */
export async function buildWorker(options: {
  readonly mediasoupFolder: string;
  readonly recipeFolder: string;
  readonly folder: string;
  readonly log: string;
  readonly tell: (detail: string) => void;
}): Promise<string> {
  const { mediasoupFolder, recipeFolder, folder, log, tell } = options;
  const source = join(folder, 'worker');
  tell('copying the sources');
  await mkdir(folder, { recursive: true });
  await cp(join(mediasoupFolder, 'worker'), source, { recursive: true });
  for (const wrap of WRAPS) await layOver(source, recipeFolder, wrap);
  for (const mend of MENDS) await apply(source, mend);

  tell('meson');
  // Of its two bandwidth estimators we want libwebrtc's: the built-in one tells senders nothing yet (3.27).
  const settings = [
    '--buildtype',
    'release',
    '-Db_ndebug=true',
    '-Db_pie=true',
    '-Dms_use_builtin_bwe=false',
    '--wrap-mode=nodownload',
  ];
  await runLogged('meson', ['setup', 'out', ...settings], { cwd: source, log });

  await runLogged(
    'ninja',
    ['-C', 'out', '-j', String(parallelCompilers(availableParallelism(), totalmem())), 'mediasoup-worker'],
    {
      cwd: source,
      log,
      append: true,
      onLine(line) {
        const progress = /^\[\d+\/\d+\]/.exec(line)?.[0];
        if (progress) tell(`ninja ${progress}`);
      },
    },
  );

  tell('strip');
  const binary = join(folder, 'mediasoup-worker');
  await runLogged('strip', ['-o', binary, join(source, 'out', 'mediasoup-worker')], { log, append: true });
  return binary;
}

/** As many compilers as there are cores, fewer where the memory (bytes) would not hold them; at least one. */
export function parallelCompilers(cores: number, memory: number): number {
  return Math.max(1, Math.min(cores, Math.floor(memory / MEMORY_PER_COMPILER)));
}

/** Each wrap names the folder it unpacks to; a folder of that name that stands already is used as it is. */
async function layOver(source: string, recipeFolder: string, wrap: string): Promise<void> {
  const text = await readFile(join(source, 'subprojects', `${wrap}.wrap`), 'utf8');
  const folder = /^directory *= *(\S+)/m.exec(text)?.[1];
  if (!folder)
    throw new PlainError(
      `mediasoup’s ${wrap}.wrap names no folder any more; the recipe needs to learn its new form.`,
    );
  await cp(join(recipeFolder, 'overlay', wrap), join(source, 'subprojects', folder), { recursive: true });
}

async function apply(source: string, mend: Mend): Promise<void> {
  const file = join(source, mend.file);
  const text = await readFile(file, 'utf8');
  if (!text.includes(mend.from))
    throw new PlainError(`mediasoup’s ${mend.file} has changed; the recipe’s mend no longer fits.`);
  await writeFile(file, text.replaceAll(mend.from, mend.to));
}
