package dev.earmark.align;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.TimeMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done to an episode between reading and indexing. Stateless and thread-safe. */
public final class Aligner {
  private Aligner() {}

  /** The episode with more known about its moments; none is added or taken away. */
  public static EpisodeDocument align(EpisodeDocument document) {
    EpisodeDocument placed = isOpen(document) ? place(document) : document;
    TopicTagger topics = new TopicTagger(document.episode().topics());
    List<SourceDocument> sources =
        placed.sources().stream()
            .map(source -> with(source, source.moments().stream().map(topics::tag).toList()))
            .toList();
    return new EpisodeDocument(document.episode(), sources, document.problems());
  }

  /** Whether there are both moments to be placed and moments to place them by. */
  private static boolean isOpen(EpisodeDocument document) {
    boolean placed = false;
    boolean unplaced = false;
    for (SourceDocument source : document.sources()) {
      for (Moment moment : source.moments()) {
        boolean open = moment.anchor() instanceof Anchor.Unplaced;
        unplaced |= open;
        placed |= !open;
      }
    }
    return placed && unplaced;
  }

  private static SourceDocument with(SourceDocument source, List<Moment> moments) {
    return new SourceDocument(source.name(), source.format(), source.language(), moments);
  }

  private static EpisodeDocument place(EpisodeDocument document) {
    Timeline timeline = Timeline.of(document);
    SpokenQuotes quotes = new SpokenQuotes(timeline);
    List<SourceDocument> sources = new ArrayList<>();
    for (SourceDocument source : document.sources()) {
      List<Moment> moments = source.moments();
      Anchor[] anchors = moments.stream().map(Moment::anchor).toArray(Anchor[]::new);
      @Nullable TimeMap[] times = moments.stream().map(Moment::times).toArray(TimeMap[]::new);
      new TranscriptPlacer(timeline, moments, anchors, times).place();
      for (int i = 0; i < anchors.length; i++) {
        if (anchors[i] instanceof Anchor.Unplaced && moments.get(i).kind() == Kind.QUOTE) {
          anchors[i] =
              SpokenQuotes.anchor(quotes.find(moments.get(i).body()), OutlinePlacer.FLOOR);
        }
      }
      new OutlinePlacer(timeline, moments, anchors).place();
      List<Moment> placed = new ArrayList<>();
      for (int i = 0; i < anchors.length; i++) {
        placed.add(moments.get(i).toBuilder().anchor(anchors[i]).times(times[i]).build());
      }
      sources.add(with(source, placed));
    }
    return new EpisodeDocument(document.episode(), sources, document.problems());
  }
}
