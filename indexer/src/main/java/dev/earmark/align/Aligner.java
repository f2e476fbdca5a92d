package dev.earmark.align;

import dev.earmark.corpus.EpisodeDocument;
import dev.earmark.corpus.SourceDocument;
import java.util.List;

/** What is done to an episode between reading and indexing. Stateless and thread-safe. */
public final class Aligner {
  private Aligner() {}

  /** The episode with more known about its moments; none is added or taken away. */
  public static EpisodeDocument align(EpisodeDocument document) {
    TopicTagger topics = new TopicTagger(document.episode().topics());
    List<SourceDocument> sources =
        document.sources().stream()
            .map(source ->
                new SourceDocument(
                    source.name(),
                    source.format(),
                    source.language(),
                    source.moments().stream().map(topics::tag).toList()))
            .toList();
    return new EpisodeDocument(document.episode(), sources, document.problems());
  }
}
