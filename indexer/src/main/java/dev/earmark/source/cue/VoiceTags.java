package dev.earmark.source.cue;

import dev.earmark.model.Cue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Voice tags of WebVTT, {@code <v Ada Quist>words</v>}, that programs carry over into texts of
 * other formats, such as lists in JSON.
 *
 * <p>Only a text that begins with one is read so: prose may speak of {@code <v} as it likes. Each
 * of several voices is a cue of its own, as in {@link CueSpeakers}. Who speaks by the source's own
 * word goes before the first tag.
 */
final class VoiceTags {
  private static final Pattern TAG =
      Pattern.compile("<v(?:\\.[^\\s<>]{1,60})?[ \\t]+([^<>\\n]{1,80})>|</v>");

  private VoiceTags() {}

  /** The cues of the voices in a cue; the cue itself if it does not begin with a voice tag. */
  static List<Cue> split(Cue cue) {
    String text = cue.text();
    if (!text.startsWith("<v")) {
      return List.of(cue);
    }
    Matcher tag = TAG.matcher(text);
    if (!tag.lookingAt()) {
      return List.of(cue);
    }
    String first = tag.group(1).strip();
    String speaker = cue.speaker() == null ? first : cue.speaker();
    List<Cue> parts = new ArrayList<>();
    int from = tag.end();
    while (tag.find()) {
      parts.add(CueSpeakers.stretch(cue, from, tag.start()).withSpeaker(speaker));
      from = tag.end();
      String next = tag.group(1) == null ? "" : tag.group(1).strip();
      if (!next.isEmpty()) {
        speaker = next.equals(first) && cue.speaker() != null ? cue.speaker() : next;
      }
    }
    parts.add(CueSpeakers.stretch(cue, from, text.length()).withSpeaker(speaker));
    parts.removeIf(part -> part.text().isEmpty());
    if (parts.size() < 2) {
      return parts;
    }
    List<Cue> timed = new ArrayList<>(parts.size());
    CueSpeakers.addTimed(timed, cue, parts);
    return timed;
  }
}
