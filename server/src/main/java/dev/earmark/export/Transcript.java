package dev.earmark.export;

import dev.earmark.index.StoredMoment;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeSpan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The transcript of an episode: the segments of the one source that holds the most of what was
 * said.
 *
 * <p>Speech with the time of every word counts before summaries that are only laid out in time.
 * Written out it is the cues of that source, not the segments that are searched.
 */
public final class Transcript {
  private final Episode episode;
  private final List<Moment> moments;

  private Transcript(Episode episode, List<Moment> moments) {
    this.episode = episode;
    this.moments = moments;
  }

  /** The transcript among the moments of an episode, if there is one. */
  public static Optional<Transcript> of(Episode episode, List<StoredMoment> moments) {
    Map<String, Long> weights = new LinkedHashMap<>();
    for (StoredMoment stored : moments) {
      Moment moment = stored.moment();
      if (moment.kind() == Kind.SEGMENT) {
        long weight = moment.text().length() * (moment.times() == null ? 1L : 1_000L);
        weights.merge(stored.source(), weight, Long::sum);
      }
    }
    return weights.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(best ->
            new Transcript(
                episode,
                moments.stream()
                    .filter(stored -> stored.source().equals(best.getKey()))
                    .map(StoredMoment::moment)
                    .filter(moment -> moment.kind() == Kind.SEGMENT)
                    .toList()));
  }

  /** The segments, in the order of the source. */
  public List<Moment> segments() {
    return moments;
  }

  /**
   * What is said in a stretch, in a form, cue by cue. Times count from the start of the stretch; a
   * cue that reaches out of it is cut there, but for its words.
   */
  public String as(TranscriptFormat format, TimeSpan stretch) {
    return format.write(
        episode,
        TranscriptCue.of(moments).stream().flatMap(cue -> cue.within(stretch).stream()).toList());
  }

  /** The cues as their source has them, in time order. */
  public List<TranscriptCue> cues() {
    return TranscriptCue.of(moments);
  }

  /** The transcript in a form, cue by cue. */
  public String as(TranscriptFormat format) {
    return format.write(episode, cues());
  }
}
