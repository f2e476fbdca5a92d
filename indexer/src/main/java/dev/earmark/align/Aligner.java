package dev.earmark.align;

import dev.earmark.corpus.Alternative;
import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import dev.earmark.model.Anchor;
import dev.earmark.model.Episode;
import dev.earmark.model.Kind;
import dev.earmark.model.Moment;
import dev.earmark.model.Problem;
import dev.earmark.model.TimeSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Aligns an episode between reading and indexing. Stateless and thread-safe. */
public final class Aligner {
  private Aligner() {}

  /**
   * The episode with more known about its moments. None is taken away; added are quotations that
   * stand inside paragraphs, where there is a transcript to look them up in.
   */
  public static EpisodeDocument align(EpisodeDocument document) {
    Episode episode = document.episode();
    List<SourceDocument> sources = withTranscripts(episode, document.sources());
    List<Problem> problems = new ArrayList<>(document.problems());
    QuoteChecker quotes = QuoteChecker.of(episode, sources);
    if (quotes != null) {
      sources = sources.stream().map(source -> with(source, quotes.check(source))).toList();
      problems.addAll(quotes.problems());
    }
    boolean open = isOpen(sources);
    List<SourceDocument> placed = open ? place(episode, sources) : sources;
    TopicTagger topics = new TopicTagger(episode.topics());
    List<SourceDocument> tagged = each(placed, topics::tag);
    if (open && !episode.topics().isEmpty()) {
      tagged = each(tagged, new TopicPlacer(tagged)::place);
    }
    tagged = each(tagged, new SpeakerPlacer(tagged)::place);
    return timed(document.with(tagged, problems));
  }

  /** The episode with times for its alternatives that have none, by what is searched instead. */
  private static EpisodeDocument timed(EpisodeDocument document) {
    List<Alternative> alternatives = new ArrayList<>();
    for (Alternative alternative : document.alternatives()) {
      List<SourceDocument> both = new ArrayList<>(List.of(alternative.document()));
      document.sources().stream()
          .filter(source -> source.name().equals(alternative.searched()))
          .forEach(both::add);
      alternatives.add(
          new Alternative(
              withTranscripts(document.episode(), both).getFirst(), alternative.searched()));
    }
    return document.withAlternatives(alternatives);
  }

  /** The sources with the times of timed transcripts given to those that have none. */
  private static List<SourceDocument> withTranscripts(
      Episode episode, List<SourceDocument> sources) {
    boolean untimed =
        sources.stream()
            .flatMap(source -> source.moments().stream())
            .anyMatch(moment ->
                moment.kind() == Kind.SEGMENT && moment.anchor() instanceof Anchor.Unplaced);
    if (!untimed || !isOpen(sources)) {
      return sources;
    }
    SpokenTimeline timeline = SpokenTimeline.of(episode, sources);
    return sources.stream()
        .map(source -> {
          Known known = new Known(source.moments());
          new TranscriptPlacer(timeline, known).place();
          return with(source, known.finish());
        })
        .toList();
  }

  private static List<SourceDocument> each(
      List<SourceDocument> sources, UnaryOperator<Moment> change) {
    return sources.stream()
        .map(source -> with(source, source.moments().stream().map(change).toList()))
        .toList();
  }

  /** Whether there are both moments to be placed and moments to place them by. */
  private static boolean isOpen(List<SourceDocument> sources) {
    boolean placed = false;
    boolean open = false;
    for (SourceDocument source : sources) {
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

  private static List<SourceDocument> place(Episode episode, List<SourceDocument> sources) {
    SpokenTimeline timeline = SpokenTimeline.of(episode, sources);
    QuotePlacer quotes = new QuotePlacer(timeline);
    BestPlace best = new BestPlace(timeline);
    return sources.stream()
        .map(source -> with(source, place(new Known(source.moments()), timeline, quotes, best)))
        .toList();
  }

  private static List<Moment> place(
      Known known, SpokenTimeline timeline, QuotePlacer quotes, BestPlace best) {
    boolean[] open = new boolean[known.size()];
    boolean any = false;
    for (int item = 0; item < known.size(); item++) {
      open[item] = known.isOpen(item);
      any |= open[item];
    }
    if (any) {
      List<QuotePlacer.Doubtful> doubtful = quotes.place(known);
      List<OutlinePlacer.Placed> sections = new OutlinePlacer(timeline, known).place();
      quotes.place(known, doubtful, sections);
      OutlinePlacer.placeRest(known, sections);
      for (int item = 0; item < known.size(); item++) {
        TimeSpan span = known.span(item);
        if (open[item] && span != null && OutlinePlacer.isStretch(known.anchor(item))) {
          known.best(item, best.in(span, known.moment(item).text()));
        }
      }
    }
    return known.finish();
  }
}
