package dev.earmark.export;

import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes a transcript as TEI: a timeline, a person a speaker, an annotation block a cue. Stateless.
 *
 * @see <a href="https://www.iso.org/standard/37338.html">ISO 24624, transcription of spoken
 *     language</a>
 */
final class TeiTranscript {
  private TeiTranscript() {}

  static String write(Episode episode, List<TranscriptCue> cues) {
    Map<String, String> people = new LinkedHashMap<>();
    TreeMap<Long, String> instants = new TreeMap<>();
    for (TranscriptCue cue : cues) {
      if (cue.speaker() != null) {
        people.putIfAbsent(cue.speaker(), "SPK" + people.size());
      }
      if (cue.span() != null) {
        instants.put(cue.span().startMs(), "");
        instants.put(cue.span().endMs(), "");
      }
    }
    int number = 1;
    for (Long instant : List.copyOf(instants.keySet())) {
      instants.put(instant, "T" + number++);
    }
    XmlDocument xml =
        new XmlDocument()
            .open("TEI")
            .with("xmlns", "http://www.tei-c.org/ns/1.0")
            .with("xml:lang", Objects.requireNonNullElse(episode.language(), "und"));
    xml.open("teiHeader").open("fileDesc");
    xml.open("titleStmt").element("title", episode.title()).close();
    xml.open("publicationStmt").element("p", show(episode)).close();
    xml.open("sourceDesc").element("p", "A transcript of the recording.").close().close();
    xml.open("profileDesc").open("particDesc").open("listPerson");
    people.forEach(
        (name, id) -> xml.open("person").with("xml:id", id).element("persName", name).close());
    xml.close().close().close().close().open("text");
    xml.open("timeline").with("unit", "s").with("origin", "#T0");
    xml.open("when").with("xml:id", "T0").close();
    instants.forEach((ms, id) ->
        xml.open("when")
            .with("xml:id", id)
            .with("interval", String.format(Locale.ROOT, "%d.%03d", ms / 1_000, ms % 1_000))
            .with("since", "#T0")
            .close());
    xml.close().open("body");
    for (TranscriptCue cue : cues) {
      xml.open("annotationBlock");
      if (cue.speaker() != null) {
        xml.with("who", "#" + people.getOrDefault(cue.speaker(), ""));
      }
      TimeSpan span = cue.span();
      if (span != null) {
        xml.with("start", "#" + instants.getOrDefault(span.startMs(), ""));
        xml.with("end", "#" + instants.getOrDefault(span.endMs(), ""));
      }
      xml.element("u", cue.text().replace('\n', ' ')).close();
    }
    return xml.close().close().close().takeEnd();
  }

  private static String show(Episode episode) {
    return episode.show() == null ? "Not published." : episode.show();
  }
}
