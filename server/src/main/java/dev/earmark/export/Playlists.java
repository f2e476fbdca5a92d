package dev.earmark.export;

import dev.earmark.model.Media;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A playlist that plays hit after hit, each from its second to the end of its moment. Hits without
 * a time or without a file to play are left out.
 *
 * <p>M3U has no words for a stretch of a file: the address is a media fragment, and {@code
 * #EXTVLCOPT} says the same to VLC. mpv knows neither, so there is a list for mpv alone, whose
 * addresses are edit decision lists of one stretch. A video on YouTube is an address of its page,
 * which mpv plays where yt-dlp is installed.
 *
 * @see <a href="https://www.xspf.org/spec">XSPF 1</a>
 * @see <a href="https://github.com/mpv-player/mpv/blob/master/DOCS/edl-mpv.rst">EDL of mpv</a>
 */
final class Playlists {
  private Playlists() {}

  /** Where, from and until when, in milliseconds; the address is a media fragment or a page. */
  private record Track(String address, long fromMs, long toMs) {
    /** The stretch as an address that mpv plays; a page as it is. */
    String ofMpv() {
      int fragment = address.lastIndexOf("#t=");
      if (fragment < 0) {
        return address;
      }
      String file = address.substring(0, fragment);
      return "edl://%"
          + file.getBytes(StandardCharsets.UTF_8).length
          + "%"
          + file
          + ","
          + Timestamp.clamped(fromMs).seconds()
          + ","
          + Timestamp.clamped(toMs - fromMs).seconds();
    }
  }

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
    private final boolean mpv;

    private M3u(Asked asked, boolean mpv) {
      this.asked = asked;
      this.mpv = mpv;
    }

    static M3u of(Asked asked) {
      return new M3u(asked, false);
    }

    static M3u forMpv(Asked asked) {
      return new M3u(asked, true);
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
      String info =
          "#EXTINF:" + (track.toMs() - track.fromMs() + 999) / 1000 + "," + title(hit) + "\n";
      if (mpv) {
        return info + line(track.ofMpv());
      }
      return info
          + "#EXTVLCOPT:start-time="
          + Timestamp.clamped(track.fromMs()).seconds()
          + "\n#EXTVLCOPT:stop-time="
          + Timestamp.clamped(track.toMs()).seconds()
          + "\n"
          + line(track.address());
    }

    /** Without commas: some readers take what stands behind the last one for all of the title. */
    private static String title(Hit hit) {
      return HitText.oneLine(HitText.title(hit)).replace(", ", " – ").replace(',', ' ');
    }

    private static String line(String address) {
      return address.strip().replaceAll("\\s", "%20") + "\n";
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
