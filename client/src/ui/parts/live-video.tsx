import { useEffect, useRef } from 'react';

/** Plays a camera's stream, without sound: voices take their own way. */
export function LiveVideo({ stream, mirrored = false }: { stream: MediaStream; mirrored?: boolean }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} className="live-video" data-mirrored={mirrored} muted autoPlay playsInline />;
}
