package dev.earmark.export;

import dev.earmark.model.Media;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import org.jspecify.annotations.Nullable;

/**
 * A playlist that plays hit after hit, each from its second to the end of its moment. Hits without
 * a time or without a file to play are left out.
 *
 * <p>M3U has no words for a stretch of a file: the address is a media fragment, and {@code
 * #EXTVLCOPT} says the same to VLC. A video on YouTube is an address of its page, which mpv plays
 * where yt-dlp is installed.
 *
 * @see <a href="https://www.xspf.org/spec">XSPF 1</a>
 */
final class Playlists {
  private Playlists() {}

  /** Where, from and until when, in milliseconds. */
  private record Track(String address, long fromMs, long toMs) {}

  private static @Nullable Track track(Hit hit, Asked asked) {
    Long at = hit.atMs();
    TimeSpan span = HitText.span(hit);
    if (at == null || span == null) {
      return null;
    }
    long end = Math.max(HitText.end(span), at + 1_000);
    Media media = hit.episode().media();
    Links links = Links.of(hit.episode(), at, end).absolute(asked.base());
    String address = media.audio() != null ? links.audio() : links.media();
    return address == null ? null : new Track(address, at, end);
  }

  static final class M3u implements SearchWriter {
    private final Asked asked;

    M3u(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      return "#EXTM3U\n#PLAYLIST:" + HitText.oneLine(asked.title()) + "\n";
    }

    @Override
    public String hit(Hit hit) {
      Track track = track(hit, asked);
      if (track == null) {
        return "";
      }
      return "#EXTINF:"
          + (track.toMs() - track.fromMs() + 999) / 1000
          + ","
          + HitText.oneLine(HitText.title(hit))
          + "\n#EXTVLCOPT:start-time="
          + Timestamp.clamped(track.fromMs()).seconds()
          + "\n#EXTVLCOPT:stop-time="
          + Timestamp.clamped(track.toMs()).seconds()
          + "\n"
          + HitText.oneLine(track.address()).replace(" ", "%20")
          + "\n";
    }

    @Override
    public String end() {
      return "";
    }
  }

  static final class Xspf implements SearchWriter {
    private final Asked asked;
    private final XmlDocument list = new XmlDocument();

    Xspf(Asked asked) {
      this.asked = asked;
    }

    @Override
    public String begin() {
      list.open("playlist").with("version", "1").with("xmlns", "http://xspf.org/ns/0/");
      list.element("title", asked.title()).element("info", asked.page()).open("trackList");
      return list.take();
    }

    @Override
    public String hit(Hit hit) {
      Track track = track(hit, asked);
      if (track == null) {
        return "";
      }
      list.open("track").element("location", track.address());
      list.element("title", HitText.title(hit));
      if (hit.moment().moment().speaker() != null) {
        list.element("creator", hit.moment().moment().speaker());
      }
      list.element("annotation", hit.snippet().text());
      list.element("info", HitText.page(hit, asked));
      if (hit.episode().show() != null) {
        list.element("album", hit.episode().show());
      }
      list.element("duration", Long.toString(track.toMs() - track.fromMs())).close();
      return list.take();
    }

    @Override
    public String end() {
      return list.takeEnd();
    }
  }
}
