package dev.earmark.corpus;

import dev.earmark.model.Episode;
import dev.earmark.model.Problem;
import java.util.List;

/**
 * An episode with everything that was read about it.
 *
 * @param episode what the sources say of it, joined
 * @param sources the documents about it, in the order they were given
 * @param alternatives the transcripts that hold the same words as one of the sources
 * @param problems what was wrong with any of them
 * @param facts what is known of the episode, and who says so
 * @param cast who is heard
 */
public record EpisodeDocument(
    Episode episode,
    List<SourceDocument> sources,
    List<Alternative> alternatives,
    List<Problem> problems,
    List<Fact> facts,
    Cast cast) {
  public EpisodeDocument {
    sources = List.copyOf(sources);
    alternatives = List.copyOf(alternatives);
    problems = List.copyOf(problems);
    facts = List.copyOf(facts);
  }

  /** The episode with other documents. */
  public EpisodeDocument withSources(List<SourceDocument> others) {
    return new EpisodeDocument(episode, others, alternatives, problems, facts, cast);
  }

  /** The episode with other documents and problems. */
  public EpisodeDocument with(List<SourceDocument> others, List<Problem> otherProblems) {
    return new EpisodeDocument(episode, others, alternatives, otherProblems, facts, cast);
  }

  /** The episode with these pictures. */
  public EpisodeDocument withArtwork(Artworks.Found found) {
    Thumbnail own = found.own();
    Thumbnail ofShow = found.ofShow();
    return new EpisodeDocument(
        episode.withArtwork(
            own == null ? null : own.artwork(), ofShow == null ? null : ofShow.artwork()),
        sources,
        alternatives,
        problems,
        facts,
        cast);
  }

  /** The episode with other alternatives. */
  public EpisodeDocument withAlternatives(List<Alternative> others) {
    return new EpisodeDocument(episode, sources, others, problems, facts, cast);
  }

  /** The episode with another cast. */
  EpisodeDocument withCast(Cast other) {
    return new EpisodeDocument(episode, sources, alternatives, problems, facts, other);
  }

  /** A document of which nobody asks where its facts are from. */
  public EpisodeDocument(Episode episode, List<SourceDocument> sources, List<Problem> problems) {
    this(episode, sources, List.of(), problems, List.of(), Cast.NOBODY);
  }
}
