package dev.earmark.export;

import dev.earmark.model.Episode;
import dev.earmark.model.TimeSpan;
import dev.earmark.model.TimedWord;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Writes a transcript as annotations of ELAN ({@code .eaf}): a tier a speaker, and below it one of
 * words where the source times them. Stateless.
 *
 * @see <a href="https://www.mpi.nl/tools/elan/EAFv3.0.xsd">EAF 3.0</a>
 */
final class ElanTranscript {
  private ElanTranscript() {}

  static String write(Episode episode, List<TranscriptCue> cues) {
    List<SpeakerTier> tiers = SpeakerTier.of(cues);
    TreeMap<Long, String> slots = new TreeMap<>();
    for (SpeakerTier tier : tiers) {
      for (TranscriptCue cue : tier.cues()) {
        TimeSpan span = Objects.requireNonNull(cue.span());
        slots.put(span.startMs(), "");
        slots.put(span.endMs(), "");
        for (TimedWord word : cue.words()) {
          slots.put(word.startMs(), "");
          slots.put(word.endMs(), "");
        }
      }
    }
    int number = 1;
    for (Long time : List.copyOf(slots.keySet())) {
      slots.put(time, "ts" + number++);
    }
    XmlDocument xml =
        new XmlDocument()
            .open("ANNOTATION_DOCUMENT")
            .with("AUTHOR", "")
            .with(
                "DATE", Objects.requireNonNullElse(episode.date(), LocalDate.EPOCH) + "T00:00:00Z")
            .with("FORMAT", "3.0")
            .with("VERSION", "3.0")
            .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
            .with("xsi:noNamespaceSchemaLocation", "http://www.mpi.nl/tools/elan/EAFv3.0.xsd");
    xml.open("HEADER").with("MEDIA_FILE", "").with("TIME_UNITS", "milliseconds").close();
    xml.open("TIME_ORDER");
    slots.forEach((time, id) ->
        xml.open("TIME_SLOT")
            .with("TIME_SLOT_ID", id)
            .with("TIME_VALUE", Long.toString(time))
            .close());
    xml.close();
    int annotation = 1;
    for (SpeakerTier tier : tiers) {
      open(xml, tier, tier.distinctName(), "speech");
      List<TimedWord> words = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (TranscriptCue cue : tier.cues()) {
        TimeSpan span = Objects.requireNonNull(cue.span());
        annotate(xml, annotation++, slots, span.startMs(), span.endMs(), cue.text());
        for (TimedWord word : cue.words()) {
          words.add(word);
          texts.add(cue.text().substring(word.from(), word.to()));
        }
      }
      xml.close();
      if (!words.isEmpty()) {
        open(xml, tier, tier.distinctName() + ", words", "words");
        xml.with("PARENT_REF", tier.distinctName());
        for (int i = 0; i < words.size(); i++) {
          TimedWord word = words.get(i);
          annotate(xml, annotation++, slots, word.startMs(), word.endMs(), texts.get(i));
        }
        xml.close();
      }
    }
    xml.open("LINGUISTIC_TYPE")
        .with("LINGUISTIC_TYPE_ID", "speech")
        .with("TIME_ALIGNABLE", "true")
        .close();
    xml.open("LINGUISTIC_TYPE")
        .with("LINGUISTIC_TYPE_ID", "words")
        .with("TIME_ALIGNABLE", "true")
        .with("CONSTRAINTS", "Included_In")
        .close();
    xml.open("CONSTRAINT")
        .with("STEREOTYPE", "Included_In")
        .with(
            "DESCRIPTION",
            "Time alignable annotations within the parent annotation's time interval, gaps are"
                + " allowed")
        .close();
    return xml.close().takeEnd();
  }

  private static void open(XmlDocument xml, SpeakerTier tier, String name, String type) {
    xml.open("TIER").with("LINGUISTIC_TYPE_REF", type).with("TIER_ID", name);
    if (tier.speaker() != null) {
      xml.with("PARTICIPANT", tier.speaker());
    }
  }

  private static void annotate(
      XmlDocument xml, int number, Map<Long, String> slots, long from, long to, String text) {
    xml.open("ANNOTATION")
        .open("ALIGNABLE_ANNOTATION")
        .with("ANNOTATION_ID", "a" + number)
        .with("TIME_SLOT_REF1", slots.getOrDefault(from, ""))
        .with("TIME_SLOT_REF2", slots.getOrDefault(to, ""))
        .element("ANNOTATION_VALUE", text)
        .close()
        .close();
  }
}
