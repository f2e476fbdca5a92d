package dev.earmark.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cues of one speaker, one after the other, as programs of linguists lay speech out. Where
 * somebody's cues overlap, the later ones stand in another tier of the same speaker. Cues without a
 * time have no place in one.
 *
 * @param speaker who speaks; null for nobody in particular
 * @param number 1 for the first tier of a speaker
 */
record SpeakerTier(@Nullable String speaker, int number, List<TranscriptCue> cues) {

  /** The tiers of a transcript, in the order in which somebody first speaks. */
  static List<SpeakerTier> of(List<TranscriptCue> cues) {
    Map<String, List<SpeakerTier>> bySpeaker = new LinkedHashMap<>();
    for (TranscriptCue cue : cues) {
      if (cue.span() == null) {
        continue;
      }
      String speaker = cue.speaker();
      List<SpeakerTier> tiers =
          bySpeaker.computeIfAbsent(speaker == null ? "" : speaker, name -> new ArrayList<>());
      SpeakerTier free = null;
      for (SpeakerTier tier : tiers) {
        if (free == null && tier.endMs() <= cue.span().startMs()) {
          free = tier;
        }
      }
      if (free == null) {
        free = new SpeakerTier(speaker, tiers.size() + 1, new ArrayList<>());
        tiers.add(free);
      }
      free.cues.add(cue);
    }
    return bySpeaker.values().stream().flatMap(List::stream).toList();
  }

  private long endMs() {
    return cues.isEmpty() ? 0 : Objects.requireNonNull(cues.getLast().span()).endMs();
  }

  /** The name of the speaker, or of speech that nobody is named for. */
  String name() {
    return speaker == null ? "Speech" : speaker;
  }

  /** The name of the tier, which no other has. */
  String distinctName() {
    return number == 1 ? name() : name() + " (" + number + ")";
  }
}
