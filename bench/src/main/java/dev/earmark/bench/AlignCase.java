package dev.earmark.bench;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Media;
import dev.earmark.model.Moment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A timed source and an untimed one, and where what the second says lies.
 *
 * @param kind what is measured
 * @param document the episode; the timed source first, the untimed second
 * @param truths where each moment of the untimed source lies; null for one that is not judged, and
 *     for all if the document is about another episode
 */
record AlignCase(String kind, EpisodeDocument document, List<@Nullable Truth> truths) {
  /**
   * Where a moment lies.
   *
   * @param words when each word of its text is said, or null if only the stretch is known
   */
  record Truth(long startMs, long endMs, long @Nullable [] words) {}

  static AlignCase of(
      String kind,
      String id,
      SourceDocument timed,
      List<Moment> untimed,
      List<@Nullable Truth> truths) {
    List<String> topics =
        untimed.stream().filter(moment -> moment.kind() == Kind.TERM).map(Moment::text).toList();
    Episode episode =
        new Episode(id, id, null, null, null, "en", List.of(), Media.NONE, topics, null);
    SourceDocument written = new SourceDocument("untimed", "text", "en", untimed);
    return new AlignCase(
        kind,
        new EpisodeDocument(episode, List.of(timed, written), List.of()),
        new ArrayList<>(truths));
  }

  /** The same document about the recording of another case: nothing in it is about that. */
  AlignCase about(AlignCase other) {
    List<SourceDocument> sources =
        List.of(other.document().sources().getFirst(), document.sources().getLast());
    List<@Nullable Truth> none = new ArrayList<>();
    truths.forEach(truth -> none.add(null));
    return new AlignCase(kind, new EpisodeDocument(document.episode(), sources, List.of()), none);
  }
}
