import { useEffect, useRef } from 'react';

interface Props {
  stream: MediaStream;
  mirrored?: boolean;
  /** All of the picture is shown, with room beside it; otherwise it fills its place. */
  whole?: boolean;
  /** Whose picture it is (`cam 5`, `screen 5`), so that no more of it is asked for than is drawn. */
  picture?: string;
}

/** Plays a stream's picture, without sound: voices take their own way. */
export function LiveVideo({ stream, mirrored = false, whole = false, picture }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <video
      ref={video}
      className="live-video"
      data-mirrored={mirrored}
      data-whole={whole}
      data-picture={picture}
      muted
      autoPlay
      playsInline
    />
  );
}
