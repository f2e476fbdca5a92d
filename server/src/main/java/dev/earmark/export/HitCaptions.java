package dev.earmark.export;

import dev.earmark.model.TimeSpan;
import dev.earmark.model.Timestamp;
import dev.earmark.search.Hit;

/**
 * Hits as captions: a cue a hit, over the stretch of its moment. Times are those of each hit's own
 * recording, so choose one episode to play them along with it. A hit without a time is left out.
 */
final class HitCaptions implements SearchWriter {
  private final boolean webVtt;
  private final Asked asked;
  private int number;

  private HitCaptions(boolean webVtt, Asked asked) {
    this.webVtt = webVtt;
    this.asked = asked;
  }

  static SearchWriter webVtt(Asked asked) {
    return new HitCaptions(true, asked);
  }

  static SearchWriter subRip(Asked asked) {
    return new HitCaptions(false, asked);
  }

  @Override
  public String begin() {
    return webVtt
        ? "WEBVTT\n\nNOTE\n" + HitText.oneLine(asked.page()).replace("-->", "→") + "\n\n"
        : "";
  }

  @Override
  public String hit(Hit hit) {
    TimeSpan span = HitText.span(hit);
    if (span == null) {
      return "";
    }
    String speaker = hit.moment().moment().speaker();
    String text =
        hit.moment().moment().text().strip().replaceAll("\\n\\s*\\n", "\n").replace("-->", "→");
    Timestamp end = Timestamp.clamped(HitText.end(span));
    if (!webVtt) {
      return ++number
          + "\n"
          + span.start().subRip()
          + " --> "
          + end.subRip()
          + "\n"
          + (speaker == null ? "" : HitText.oneLine(speaker) + ": ")
          + text
          + "\n\n";
    }
    return HitText.oneLine(hit.moment().id()).replace("-->", "→")
        + "\n"
        + span.start().webVtt()
        + " --> "
        + end.webVtt()
        + "\n"
        + (speaker == null ? "" : "<v " + escaped(HitText.oneLine(speaker)) + ">")
        + escaped(text)
        + "\n\n";
  }

  @Override
  public String end() {
    return "";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
