import { expect, it, vi } from 'vitest';
import { createCertifier } from './certifier.ts';

function setUp(make: () => Promise<{ certificate: RTCCertificate; fingerprint: string }>) {
  const told: (string | null)[] = [];
  const used: (RTCCertificate | null)[] = [];
  const making = vi.fn(make);
  const certifier = createCertifier(
    { tell: ({ fingerprint }) => told.push(fingerprint), use: (certificate) => used.push(certificate) },
    making,
  );
  return { told, used, making, certifier };
}
const certificate = { expires: 1 } as Partial<RTCCertificate> as RTCCertificate;
const made = async () => ({ certificate, fingerprint: 'AB' });
const settled = () => vi.waitFor(() => Promise.resolve());

it('is made once and told to every room', async () => {
  const { told, used, making, certifier } = setUp(made);
  certifier.certify();
  certifier.certify();
  await settled();
  expect([told, used]).toEqual([['AB'], [certificate]]);
  certifier.certify();
  expect(told).toHaveLength(1);
  certifier.forget();
  certifier.certify();
  expect(told).toEqual(['AB', 'AB']);
  expect(making).toHaveBeenCalledOnce();
});

it('is none for who wants no direct connections, in this room and in others', async () => {
  const { told, used, making, certifier } = setUp(made);
  certifier.allow(false);
  expect(told).toEqual([]);
  certifier.certify();
  certifier.forget();
  certifier.certify();
  await settled();
  expect([told, used]).toEqual([[null, null], [null]]);
  expect(making).not.toHaveBeenCalled();
});

it('is taken back at once, and given again', async () => {
  const { told, used, certifier } = setUp(made);
  certifier.certify();
  await settled();
  certifier.allow(false);
  expect([told.at(-1), used.at(-1)]).toEqual([null, null]);
  certifier.allow(true);
  expect([told.at(-1), used.at(-1)]).toEqual(['AB', certificate]);
});

it('taken back while it is made, it is told to nobody', async () => {
  const { told, certifier } = setUp(made);
  certifier.certify();
  certifier.allow(false);
  await settled();
  expect(told).toEqual([null]);
});

it('is made anew in the next room where it failed', async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  let works = false;
  const { told, certifier } = setUp(async () => {
    if (!works) throw new Error('no');
    return made();
  });
  certifier.certify();
  await vi.waitFor(() => expect(console.warn).toHaveBeenCalledOnce());
  expect(told).toEqual([]);
  works = true;
  certifier.certify();
  await vi.waitFor(() => expect(told).toEqual(['AB']));
  vi.restoreAllMocks();
});
