package dev.earmark.export;

import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import dev.earmark.model.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes a transcript as W3C TTML: a paragraph a cue, an agent a speaker, a span a word where the
 * source times words. Stateless.
 *
 * @see <a href="https://www.w3.org/TR/ttml-imsc1.2/">TTML Profiles for Internet Media Subtitles and
 *     Captions 1.2</a>, text profile
 */
final class TtmlTranscript {
  private TtmlTranscript() {}

  static String write(Episode episode, List<TranscriptCue> cues) {
    Map<String, String> agents = new LinkedHashMap<>();
    for (TranscriptCue cue : cues) {
      if (cue.speaker() != null) {
        agents.putIfAbsent(cue.speaker(), "speaker" + (agents.size() + 1));
      }
    }
    XmlDocument xml =
        new XmlDocument()
            .open("tt")
            .with("xmlns", "http://www.w3.org/ns/ttml")
            .with("xmlns:ttm", "http://www.w3.org/ns/ttml#metadata")
            .with("xmlns:ttp", "http://www.w3.org/ns/ttml#parameter")
            .with("xml:lang", Objects.requireNonNullElse(episode.language(), "und"))
            .with("xml:space", "preserve")
            .with("ttp:timeBase", "media")
            .with("ttp:profile", "http://www.w3.org/ns/ttml/profile/imsc1/text");
    xml.open("head").open("metadata").element("ttm:title", episode.title());
    agents.forEach((name, id) -> {
      xml.open("ttm:agent").with("xml:id", id).with("type", "person");
      xml.open("ttm:name").with("type", "full").text(name).close().close();
    });
    xml.close().close().open("body").open("div");
    for (TranscriptCue cue : cues) {
      TimeSpan span = cue.span();
      if (span == null) {
        continue;
      }
      xml.open("p").with("begin", clock(span.startMs())).with("end", clock(span.endMs()));
      if (cue.speaker() != null) {
        xml.with("ttm:agent", agents.getOrDefault(cue.speaker(), ""));
      }
      int at = 0;
      for (TimedWord word : cue.words()) {
        lines(xml, cue.text().substring(at, word.from()));
        xml.open("span").with("begin", clock(word.startMs())).with("end", clock(word.endMs()));
        lines(xml, cue.text().substring(word.from(), word.to()));
        xml.close();
        at = word.to();
      }
      lines(xml, cue.text().substring(at));
      xml.close();
    }
    return xml.close().close().close().takeEnd();
  }

  private static String clock(long ms) {
    return Timestamp.clamped(ms).webVtt();
  }

  private static void lines(XmlDocument xml, String text) {
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (i > 0) {
        xml.open("br").close();
      }
      xml.text(lines[i]);
    }
  }
}
