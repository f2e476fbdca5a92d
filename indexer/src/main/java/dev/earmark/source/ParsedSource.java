package dev.earmark.source;

import dev.earmark.model.Cue;
import dev.earmark.model.EpisodeFields;
import dev.earmark.model.Moment;
import java.util.List;

/**
 * What a source holds.
 *
 * @param episode what it says of its episode
 * @param cues its timed pieces of speech, in the order of the source; they become segments later
 * @param moments its finished moments, in the order of the source
 */
public record ParsedSource(EpisodeFields episode, List<Cue> cues, List<Moment> moments) {
  public ParsedSource {
    cues = List.copyOf(cues);
    moments = List.copyOf(moments);
  }

  public static ParsedSource ofCues(EpisodeFields episode, List<Cue> cues) {
    return new ParsedSource(episode, cues, List.of());
  }

  public static ParsedSource ofMoments(EpisodeFields episode, List<Moment> moments) {
    return new ParsedSource(episode, List.of(), moments);
  }
}
