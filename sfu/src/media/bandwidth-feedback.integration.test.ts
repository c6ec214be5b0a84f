import { expect, it } from 'vitest';
import { createLogger } from '../logger.ts';
import { freeMediaPort } from '../testing/sfu-under-test.ts';
import { offeredCapabilities } from './bandwidth-feedback.ts';
import { MEDIA_CODECS } from './codecs.ts';
import { startMediaWorker } from './media-worker.ts';

it('asks the worker and leaves nothing behind; only feedback that comes is offered', async () => {
  const address = { port: await freeMediaPort(), listen: [{ ip: '127.0.0.1', announced: undefined }] };
  const media = await startMediaWorker(address, createLogger('error'));
  try {
    expect((await media.worker.dump()).routerIds).toEqual([]);
    const { rtpCapabilities } = await media.worker.createRouter({ mediaCodecs: MEDIA_CODECS });
    expect(JSON.stringify(rtpCapabilities)).toContain('transport-cc');
    expect(offeredCapabilities(rtpCapabilities, true)).toEqual(rtpCapabilities);
    const bare = offeredCapabilities(rtpCapabilities, false);
    expect(JSON.stringify(bare)).not.toMatch(/transport-cc|transport-wide-cc|goog-remb/);
    expect(bare.codecs?.map(({ mimeType }) => mimeType)).toEqual(
      rtpCapabilities.codecs?.map(({ mimeType }) => mimeType),
    );
    // Lost packets and key frames are still asked for.
    expect(JSON.stringify(bare)).toMatch(/"nack".*"pli"/);
    expect(bare.headerExtensions).toHaveLength((rtpCapabilities.headerExtensions?.length ?? 0) - 2);
  } finally {
    await media.close();
  }
});
