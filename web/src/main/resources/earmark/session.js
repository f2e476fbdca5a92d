// Tells the system what plays, so that its own controls name it, show its picture and can skip.

const SKIP_MS = 15_000;

/** Tells what a player plays, from the data of the element that it belongs to. */
export function announce(player, { title, show, artwork }) {
  const session = navigator.mediaSession;
  if (!session) {
    return;
  }
  session.metadata = new MediaMetadata({
    title: title ?? '',
    artist: show ?? '',
    artwork: artwork ? [{ src: new URL(artwork, location.href).href }] : [],
  });
  session.setActionHandler('seekbackward', () => player.skip(-SKIP_MS));
  session.setActionHandler('seekforward', () => player.skip(SKIP_MS));
}
