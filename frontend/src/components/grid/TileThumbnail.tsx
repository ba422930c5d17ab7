import { useEffect, useState } from "react";

/**
 * Thumbnails are fetched by the server on the way: one that is not there yet comes a little later. It is
 * asked for anew when its video moves on, and else after longer and longer pauses.
 */
export function TileThumbnail({ src, grey, stage }: { src: string; grey: boolean; stage: string }) {
  const [attempt, setAttempt] = useState(0);
  const [failed, setFailed] = useState(false);
  const [triedAt, setTriedAt] = useState(stage);

  if (triedAt !== stage) {
    setTriedAt(stage);
    if (failed) {
      setFailed(false);
      setAttempt(attempt + 1);
    }
  }

  useEffect(() => {
    if (!failed || attempt >= 4) return;
    const timer = setTimeout(
      () => {
        setFailed(false);
        setAttempt(attempt + 1);
      },
      3000 * 3 ** attempt,
    );
    return () => clearTimeout(timer);
  }, [failed, attempt]);

  if (failed || src === "") {
    return <div className="picture-missing absolute inset-0" data-testid="no-picture" />;
  }
  return (
    <img
      key={attempt}
      src={src}
      alt=""
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setFailed(true)}
      className={`picture absolute inset-0 size-full object-cover ${grey ? "picture-importing" : ""}`}
    />
  );
}
