package dev.earmark.corpus;

import dev.earmark.model.Episode;
import dev.earmark.model.Problem;
import java.util.List;

/**
 * An episode with everything that was read about it.
 *
 * @param episode what the sources say of it, joined
 * @param sources the documents about it, in the order they were given
 * @param problems what was wrong with any of them
 */
public record EpisodeDocument(
    Episode episode, List<SourceDocument> sources, List<Problem> problems) {
  public EpisodeDocument {
    sources = List.copyOf(sources);
    problems = List.copyOf(problems);
  }
}
