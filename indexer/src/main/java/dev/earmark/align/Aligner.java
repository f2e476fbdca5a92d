package dev.earmark.align;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Moment;
import java.util.List;
import java.util.function.UnaryOperator;

/** Aligns an episode between reading and indexing. Stateless and thread-safe. */
public final class Aligner {
  private Aligner() {}

  /** The episode with more known about its moments; none is added or taken away. */
  public static EpisodeDocument align(EpisodeDocument document) {
    boolean open = isOpen(document);
    List<SourceDocument> placed = open ? place(document) : document.sources();
    TopicTagger topics = new TopicTagger(document.episode().topics());
    List<SourceDocument> tagged = each(placed, topics::tag);
    if (open && !document.episode().topics().isEmpty()) {
      tagged = each(tagged, new TopicPlacer(tagged)::place);
    }
    return new EpisodeDocument(document.episode(), tagged, document.problems(), document.facts());
  }

  private static List<SourceDocument> each(
      List<SourceDocument> sources, UnaryOperator<Moment> change) {
    return sources.stream()
        .map(source -> with(source, source.moments().stream().map(change).toList()))
        .toList();
  }

  /** Whether there are both moments to be placed and moments to place them by. */
  private static boolean isOpen(EpisodeDocument document) {
    boolean placed = false;
    boolean open = false;
    for (SourceDocument source : document.sources()) {
      for (Moment moment : source.moments()) {
        boolean unplaced = moment.anchor() instanceof Anchor.Unplaced;
        open |= unplaced;
        placed |= !unplaced;
      }
    }
    return placed && open;
  }

  private static SourceDocument with(SourceDocument source, List<Moment> moments) {
    return new SourceDocument(source.name(), source.format(), source.language(), moments);
  }

  private static List<SourceDocument> place(EpisodeDocument document) {
    SpokenTimeline timeline = SpokenTimeline.of(document);
    QuotePlacer quotes = new QuotePlacer(timeline);
    return document.sources().stream()
        .map(source -> with(source, place(new Known(source.moments()), timeline, quotes)))
        .toList();
  }

  private static List<Moment> place(Known known, SpokenTimeline timeline, QuotePlacer quotes) {
    boolean open = false;
    for (int item = 0; item < known.size(); item++) {
      open |= known.isOpen(item);
    }
    if (open) {
      new TranscriptPlacer(timeline, known).place();
      List<QuotePlacer.Doubtful> doubtful = quotes.place(known);
      List<OutlinePlacer.Placed> sections = new OutlinePlacer(timeline, known).place();
      quotes.place(known, doubtful, sections);
      OutlinePlacer.placeRest(known, sections);
    }
    return known.finish();
  }
}
